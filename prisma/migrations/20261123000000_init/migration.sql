-- CreateTable
CREATE TABLE "unit" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parent_id" UUID,
    "path" TEXT NOT NULL,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "unit_id" UUID NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "language" TEXT NOT NULL DEFAULT 'zh',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "joined_on" DATE NOT NULL,
    "left_on" DATE,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "channel" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "conversation" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("channel","external_id")
);

-- CreateTable
CREATE TABLE "client" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "business_name" TEXT,
    "pinyin" TEXT NOT NULL,
    "initials" TEXT NOT NULL,
    "phone" TEXT,
    "id_number" TEXT,
    "credit_code" TEXT,
    "industry" TEXT,
    "address" TEXT,
    "source" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "credit_expires_on" DATE,
    "last_touch_on" DATE,
    "do_not_contact" TEXT,
    "negative_list" BOOLEAN NOT NULL DEFAULT false,
    "opened_by" UUID,
    "silenced_by" UUID,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "share" (
    "client_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,

    CONSTRAINT "share_pkey" PRIMARY KEY ("client_id","staff_id")
);

-- CreateTable
CREATE TABLE "client_facts" (
    "client_id" UUID NOT NULL,
    "nationality" TEXT,
    "born_on" DATE,
    "full_civil_capacity" BOOLEAN,
    "criminal_record" BOOLEAN,
    "open_civil_defendant_large" BOOLEAN,
    "vices" BOOLEAN,
    "good_credit" BOOLEAN,
    "operates_business" BOOLEAN,
    "has_stable_premises" BOOLEAN,
    "operating_since" DATE,
    "industry_class" TEXT,
    "premises_in_prime_district" BOOLEAN,
    "separate_finances" BOOLEAN,
    "sound_governance" BOOLEAN,
    "general_taxpayer" BOOLEAN,
    "net_assets" BIGINT,
    "annual_sales" BIGINT,
    "debt_ratio" DOUBLE PRECISION,
    "annual_invoiced" BIGINT,
    "stable_home" BOOLEAN,
    "home_in_prime_area" BOOLEAN,
    "owns_home_in_province" BOOLEAN,
    "home_value" BIGINT,
    "title_held_by_family" BOOLEAN,
    "mortgage_since" DATE,
    "car_value" BIGINT,
    "home_has_title_deed" BOOLEAN,
    "home_market_value" BIGINT,
    "offers_collateral" BOOLEAN,
    "collateral_ltv" DOUBLE PRECISION,
    "savings" BIGINT,
    "policy_value" BIGINT,
    "credit_limit" BIGINT,
    "usage_rate" DOUBLE PRECISION,
    "credit_poor_high_risk" BOOLEAN,
    "malicious_overdue" BOOLEAN,
    "judgment_debtor" BOOLEAN,
    "evading_debt" BOOLEAN,
    "loan_loss" BOOLEAN,
    "restructured_not_repaying" BOOLEAN,
    "transferred_not_repaying" BOOLEAN,
    "major_litigation" BOOLEAN,
    "trend_declining" BOOLEAN,
    "named_by_marketing" BOOLEAN,
    "named_by_risk" BOOLEAN,

    CONSTRAINT "client_facts_pkey" PRIMARY KEY ("client_id")
);

-- CreateTable
CREATE TABLE "client_tier" (
    "client_id" UUID NOT NULL,
    "tier" TEXT NOT NULL,
    "provisional" BOOLEAN NOT NULL,
    "standard_version" INTEGER NOT NULL,
    "since" DATE NOT NULL,

    CONSTRAINT "client_tier_pkey" PRIMARY KEY ("client_id")
);

-- CreateTable
CREATE TABLE "tier_change" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "from" TEXT,
    "to" TEXT NOT NULL,
    "standard_version" INTEGER NOT NULL,
    "changed_on" DATE NOT NULL,

    CONSTRAINT "tier_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standard" (
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "effective_from" DATE NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "standard_pkey" PRIMARY KEY ("kind","version")
);

-- CreateTable
CREATE TABLE "playbook" (
    "version" INTEGER NOT NULL,
    "effective_from" DATE NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "playbook_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "manager_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "generated_for" DATE,
    "status" TEXT NOT NULL DEFAULT 'open',
    "priority" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "product" TEXT,
    "amount" BIGINT,
    "note" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "opened_by" UUID,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outcome" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "task_id" UUID,
    "client_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT,
    "product" TEXT,
    "next_on" DATE,
    "note" TEXT,
    "no_next" TEXT,
    "logged_on" DATE NOT NULL,
    "logged_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "outcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "need" (
    "id" UUID NOT NULL,
    "act_id" UUID,
    "client_id" UUID NOT NULL,
    "registered_by" UUID NOT NULL,
    "product" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "amount" BIGINT,
    "wanted_on" DATE,
    "urgency" TEXT NOT NULL,
    "note" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "registered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "need_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_list" (
    "staff_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "items" UUID[],
    "pushed_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_list_pkey" PRIMARY KEY ("staff_id","day")
);

-- CreateTable
CREATE TABLE "referral_link" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "staff_id" UUID,
    "client_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "referral_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "referral_entry" (
    "id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "returning" BOOLEAN NOT NULL,
    "need" TEXT,
    "consent_version" INTEGER NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "received" (
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "says" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "received_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "once_key" TEXT,
    "card" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "ref" TEXT,
    "replaces" UUID,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dialog" (
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "expects" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dialog_pkey" PRIMARY KEY ("channel","conversation","staff_id")
);

-- CreateTable
CREATE TABLE "act" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "result" TEXT NOT NULL,
    "undoable" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "act_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "unit_code_key" ON "unit"("code");

-- CreateIndex
CREATE UNIQUE INDEX "unit_path_key" ON "unit"("path");

-- CreateIndex
CREATE UNIQUE INDEX "staff_code_key" ON "staff"("code");

-- CreateIndex
CREATE UNIQUE INDEX "staff_email_key" ON "staff"("email");

-- CreateIndex
CREATE INDEX "staff_unit_id_idx" ON "staff"("unit_id");

-- CreateIndex
CREATE INDEX "account_staff_id_last_seen_at_idx" ON "account"("staff_id", "last_seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "client_phone_key" ON "client"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "client_id_number_key" ON "client"("id_number");

-- CreateIndex
CREATE UNIQUE INDEX "client_credit_code_key" ON "client"("credit_code");

-- CreateIndex
CREATE INDEX "client_owner_id_idx" ON "client"("owner_id");

-- CreateIndex
CREATE INDEX "client_pinyin_idx" ON "client"("pinyin");

-- CreateIndex
CREATE INDEX "client_initials_idx" ON "client"("initials");

-- CreateIndex
CREATE INDEX "share_staff_id_idx" ON "share"("staff_id");

-- CreateIndex
CREATE INDEX "tier_change_client_id_changed_on_idx" ON "tier_change"("client_id", "changed_on");

-- CreateIndex
CREATE INDEX "task_opened_by_idx" ON "task"("opened_by");

-- CreateIndex
CREATE INDEX "task_closed_by_idx" ON "task"("closed_by");

-- CreateIndex
CREATE UNIQUE INDEX "task_client_id_kind_generated_for_key" ON "task"("client_id", "kind", "generated_for");

-- CreateIndex
CREATE INDEX "outcome_client_id_logged_at_idx" ON "outcome"("client_id", "logged_at");

-- CreateIndex
CREATE INDEX "outcome_staff_id_logged_on_idx" ON "outcome"("staff_id", "logged_on");

-- CreateIndex
CREATE INDEX "outcome_act_id_idx" ON "outcome"("act_id");

-- CreateIndex
CREATE INDEX "need_client_id_idx" ON "need"("client_id");

-- CreateIndex
CREATE INDEX "need_act_id_idx" ON "need"("act_id");

-- CreateIndex
CREATE UNIQUE INDEX "referral_link_code_key" ON "referral_link"("code");

-- CreateIndex
CREATE UNIQUE INDEX "referral_link_staff_id_key" ON "referral_link"("staff_id");

-- CreateIndex
CREATE UNIQUE INDEX "referral_link_client_id_key" ON "referral_link"("client_id");

-- CreateIndex
CREATE INDEX "referral_entry_link_id_idx" ON "referral_entry"("link_id");

-- CreateIndex
CREATE INDEX "referral_entry_client_id_idx" ON "referral_entry"("client_id");

-- CreateIndex
CREATE INDEX "received_channel_conversation_received_at_idx" ON "received"("channel", "conversation", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "received_channel_external_id_key" ON "received"("channel", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_once_key_key" ON "message"("once_key");

-- CreateIndex
CREATE INDEX "message_channel_conversation_id_idx" ON "message"("channel", "conversation", "id");

-- CreateIndex
CREATE INDEX "act_staff_id_at_idx" ON "act"("staff_id", "at");

-- AddForeignKey
ALTER TABLE "unit" ADD CONSTRAINT "unit_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share" ADD CONSTRAINT "share_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share" ADD CONSTRAINT "share_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_facts" ADD CONSTRAINT "client_facts_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_tier" ADD CONSTRAINT "client_tier_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tier_change" ADD CONSTRAINT "tier_change_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_link" ADD CONSTRAINT "referral_link_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_link" ADD CONSTRAINT "referral_link_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_entry" ADD CONSTRAINT "referral_entry_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "referral_link"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_entry" ADD CONSTRAINT "referral_entry_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Words that a text column may hold.
ALTER TABLE "unit" ADD CHECK ("kind" IN ('head-office', 'branch', 'sub-branch', 'team', 'department'));
ALTER TABLE "staff" ADD CHECK ("role" IN ('manager', 'lead', 'head', 'marketing', 'risk', 'line', 'staff'));
ALTER TABLE "staff" ADD CHECK ("language" IN ('zh', 'en'));
ALTER TABLE "client" ADD CHECK ("kind" IN ('prospect', 'existing'));
ALTER TABLE "client" ADD CHECK ("source" IN ('walk-in', 'list', 'cluster', 'industry', 'referral'));
ALTER TABLE "task" ADD CHECK ("kind" IN ('call', 'cross-sell', 'visit', 'campaign', 'list', 'referral', 'complaint', 'other'));
ALTER TABLE "task" ADD CHECK ("status" IN ('open', 'done', 'cancelled'));
ALTER TABLE "task" ADD CHECK (("status" = 'open') = ("closed_at" IS NULL));
ALTER TABLE "outcome" ADD CHECK ("kind" IN ('interested', 'thinking', 'no-answer', 'declined', 'applied', 'granted', 'wrong-number', 'do-not-contact'));
ALTER TABLE "need" ADD CHECK ("urgency" IN ('urgent', 'soon', 'some-day'));
ALTER TABLE "need" ADD CHECK ("status" IN ('open', 'withdrawn'));
ALTER TABLE "message" ADD CHECK ("state" IN ('queued', 'sending', 'sent', 'failed', 'unknown'));
ALTER TABLE "referral_link" ADD CHECK (("staff_id" IS NULL) <> ("client_id" IS NULL));

-- One open task of a kind for a client; and a manager's open tasks in the order of the list.
CREATE UNIQUE INDEX "task_open_once" ON "task" ("client_id", "kind") WHERE "status" = 'open';
CREATE INDEX "task_open_list" ON "task" ("manager_id", "due_on", "priority" DESC, "id") WHERE "status" = 'open';

-- What is still to be sent, and what has not been answered.
CREATE INDEX "message_waiting" ON "message" ("channel", "conversation", "id") WHERE "state" IN ('queued', 'sending', 'unknown');
CREATE INDEX "received_unanswered" ON "received" ("received_at") WHERE "answered_at" IS NULL;

-- Part of a name: every run of one and of two characters, so that short Chinese names are found.
CREATE FUNCTION grams("text" text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(word, at, size)), '{}')
  FROM (SELECT lower($1) AS word) AS w, generate_series(1, 2) AS size,
    generate_series(1, length(word) - size + 1) AS at
$$;
CREATE INDEX "client_grams" ON "client" USING GIN (grams("name" || ' ' || coalesce("business_name", '')));
CREATE INDEX "client_phone_tail" ON "client" (right("phone", 4));

-- Byte order, so that an index answers "begins with".
ALTER TABLE "client" ALTER COLUMN "pinyin" TYPE text COLLATE "C", ALTER COLUMN "initials" TYPE text COLLATE "C";

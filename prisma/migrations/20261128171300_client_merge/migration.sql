-- AlterTable
ALTER TABLE "referral_link" ADD COLUMN     "merged_from" UUID;

-- CreateTable
CREATE TABLE "client_merge" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "kept_id" UUID NOT NULL,
    "merged_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "moved" JSONB NOT NULL,
    "gone" JSONB NOT NULL,
    "tasks" JSONB NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "client_merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "not_duplicate" (
    "one_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "said_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "not_duplicate_pkey" PRIMARY KEY ("one_id","other_id")
);

-- CreateIndex
CREATE INDEX "client_merge_kept_id_idx" ON "client_merge"("kept_id");

-- CreateIndex
CREATE INDEX "client_merge_act_id_idx" ON "client_merge"("act_id");

-- CreateIndex
CREATE INDEX "not_duplicate_other_id_idx" ON "not_duplicate"("other_id");

-- AddForeignKey
ALTER TABLE "client_merge" ADD CONSTRAINT "client_merge_kept_id_fkey" FOREIGN KEY ("kept_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "not_duplicate" ADD CONSTRAINT "not_duplicate_one_id_fkey" FOREIGN KEY ("one_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "not_duplicate" ADD CONSTRAINT "not_duplicate_other_id_fkey" FOREIGN KEY ("other_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "not_duplicate" ADD CHECK ("one_id" < "other_id");
-- A link that came with another client works beside the one of the client that stayed.
DROP INDEX "referral_link_once";
CREATE UNIQUE INDEX "referral_link_once" ON "referral_link"
  (coalesce("staff_id", "client_id"), coalesce("campaign_id"::text, "product", ''))
  WHERE "revoked_at" IS NULL AND "merged_from" IS NULL;
ALTER TABLE "task" DROP CONSTRAINT "task_no_next_check";
ALTER TABLE "task" ADD CHECK ("no_next" IN ('do-not-contact', 'exit-tier', 'negative-list', 'no-rhythm',
  'replaced', 'undone', 'consent-withdrawn', 'merged'));
-- Files of one person are looked for by name and business in any spelling.
CREATE INDEX "client_name_key" ON "client" (name_key("name"), name_key("business_name"));

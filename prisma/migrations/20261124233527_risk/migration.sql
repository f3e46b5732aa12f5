-- CreateTable
CREATE TABLE "tier_naming" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "evidence" TEXT,
    "named_on" DATE NOT NULL,
    "until" DATE NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,

    CONSTRAINT "tier_naming_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exit_request" (
    "year" INTEGER NOT NULL,
    "asked_on" DATE NOT NULL,
    "reminded_on" DATE,
    "answered_at" TIMESTAMPTZ(3),
    "named" INTEGER,

    CONSTRAINT "exit_request_pkey" PRIMARY KEY ("year")
);

-- CreateTable
CREATE TABLE "negative_entry" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "until" DATE,
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,

    CONSTRAINT "negative_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "negative_key" (
    "hash" TEXT NOT NULL,
    "entry_id" UUID NOT NULL,

    CONSTRAINT "negative_key_pkey" PRIMARY KEY ("hash","entry_id")
);

-- CreateTable
CREATE TABLE "negative_hit" (
    "entry_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,

    CONSTRAINT "negative_hit_pkey" PRIMARY KEY ("entry_id","client_id")
);

-- CreateIndex
CREATE INDEX "tier_naming_client_id_idx" ON "tier_naming"("client_id");

-- CreateIndex
CREATE INDEX "negative_key_entry_id_idx" ON "negative_key"("entry_id");

-- CreateIndex
CREATE INDEX "negative_hit_client_id_idx" ON "negative_hit"("client_id");

-- AddForeignKey
ALTER TABLE "tier_naming" ADD CONSTRAINT "tier_naming_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "negative_key" ADD CONSTRAINT "negative_key_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "negative_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "negative_hit" ADD CONSTRAINT "negative_hit_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "negative_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "negative_hit" ADD CONSTRAINT "negative_hit_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "tier_naming" ADD CHECK ("role" IN ('marketing', 'risk'));
CREATE UNIQUE INDEX "tier_naming_open" ON "tier_naming" ("client_id", "role") WHERE "ended_at" IS NULL;
CREATE INDEX "tier_naming_lapse" ON "tier_naming" ("until") WHERE "ended_at" IS NULL;
CREATE INDEX "negative_entry_lapse" ON "negative_entry" ("until") WHERE "ended_at" IS NULL;

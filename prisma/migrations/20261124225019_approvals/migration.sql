-- AlterTable
ALTER TABLE "tier_change" ADD COLUMN     "told" SMALLINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "approval_list" (
    "staff_id" UUID NOT NULL,
    "items" UUID[],

    CONSTRAINT "approval_list_pkey" PRIMARY KEY ("staff_id")
);

CREATE INDEX "tier_change_waiting" ON "tier_change" ("approver_role", "changed_on") WHERE "status" = 'pending';
CREATE INDEX "tier_change_untold" ON "tier_change" ("client_id") WHERE "told" = 0 AND "status" = 'applied' AND "from" IS NOT NULL AND "approver_role" IS NULL;

-- DropForeignKey
ALTER TABLE "referral_entry" DROP CONSTRAINT "referral_entry_client_id_fkey";

-- DropForeignKey
ALTER TABLE "referral_link" DROP CONSTRAINT "referral_link_client_id_fkey";

-- DropIndex
DROP INDEX "referral_link_client_id_key";

-- DropIndex
DROP INDEX "referral_link_staff_id_key";

-- AlterTable
ALTER TABLE "referral_entry" ADD COLUMN     "business" TEXT,
ADD COLUMN     "credit" TEXT,
ADD COLUMN     "credited_id" UUID,
ADD COLUMN     "decided_at" TIMESTAMPTZ(3),
ADD COLUMN     "decided_by" UUID,
ADD COLUMN     "device" BYTEA,
ADD COLUMN     "evidence" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'zh',
ADD COLUMN     "name" TEXT,
ADD COLUMN     "network" BYTEA,
ADD COLUMN     "phone" TEXT,
ADD COLUMN     "receipt" TEXT,
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'accepted',
ADD COLUMN     "via" TEXT NOT NULL DEFAULT 'tap',
ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(3),
ALTER COLUMN "client_id" DROP NOT NULL,
ALTER COLUMN "returning" SET DEFAULT false;

-- AlterTable
ALTER TABLE "referral_link" ADD COLUMN     "campaign_id" UUID,
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "offer" TEXT,
ADD COLUMN     "product" TEXT;

-- CreateTable
CREATE TABLE "referral_click" (
    "id" BIGSERIAL NOT NULL,
    "link_id" UUID NOT NULL,
    "visitor" BYTEA NOT NULL,
    "via" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "clicked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_click_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "referral_key" (
    "day" DATE NOT NULL,
    "secret" BYTEA NOT NULL,

    CONSTRAINT "referral_key_pkey" PRIMARY KEY ("day")
);

-- CreateIndex
CREATE INDEX "referral_click_link_id_clicked_at_idx" ON "referral_click"("link_id", "clicked_at");

-- CreateIndex
CREATE INDEX "referral_click_clicked_at_idx" ON "referral_click" USING BRIN ("clicked_at");

-- CreateIndex
CREATE UNIQUE INDEX "referral_entry_receipt_key" ON "referral_entry"("receipt");

-- CreateIndex
CREATE INDEX "referral_entry_entered_at_idx" ON "referral_entry"("entered_at");

-- CreateIndex
CREATE INDEX "referral_link_staff_id_idx" ON "referral_link"("staff_id");

-- CreateIndex
CREATE INDEX "referral_link_client_id_idx" ON "referral_link"("client_id");

-- CreateIndex
CREATE INDEX "referral_link_campaign_id_idx" ON "referral_link"("campaign_id");

-- AddForeignKey
ALTER TABLE "referral_link" ADD CONSTRAINT "referral_link_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_entry" ADD CONSTRAINT "referral_entry_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What came before: the first of each client has the credit.
ALTER TABLE "referral_entry" ALTER COLUMN "status" DROP DEFAULT;
UPDATE "referral_entry" SET "credit" = CASE WHEN "id" IN (
  SELECT DISTINCT ON ("client_id") "id" FROM "referral_entry" ORDER BY "client_id", "entered_at", "id"
) THEN 'first' ELSE 'later' END;

-- One referrer at most; none once the client that was it has been erased.
ALTER TABLE "referral_link" DROP CONSTRAINT "referral_link_check";
ALTER TABLE "referral_link" ADD CHECK (num_nonnulls("staff_id", "client_id") < 2 AND num_nonnulls("campaign_id", "product") < 2);
ALTER TABLE "referral_click" ADD CHECK ("via" IN ('scan', 'tap'));
ALTER TABLE "referral_click" ADD CHECK ("agent" IN ('wechat', 'wecom', 'alipay', 'phone', 'desk'));
ALTER TABLE "referral_entry" ADD CHECK ("status" IN ('new', 'held', 'accepted', 'rejected', 'repeated', 'withdrawn'));
ALTER TABLE "referral_entry" ADD CHECK ("credit" IN ('first', 'later', 'none'));
ALTER TABLE "referral_entry" ADD CHECK (("status" = 'accepted') = ("credit" IS NOT NULL) OR "status" = 'withdrawn');
ALTER TABLE "referral_entry" ADD CHECK ("via" IN ('scan', 'tap'));

-- One link in force of a referrer for a purpose.
CREATE UNIQUE INDEX "referral_link_once" ON "referral_link" (coalesce("staff_id", "client_id"), coalesce("campaign_id"::text, "product", '')) WHERE "revoked_at" IS NULL;

-- What waits to be looked at, what waits for a reviewer, and who else came from one device or network lately.
CREATE INDEX "referral_entry_new" ON "referral_entry" ("id") WHERE "status" = 'new';
CREATE INDEX "referral_entry_held" ON "referral_entry" ("id") WHERE "status" = 'held';
CREATE INDEX "referral_entry_device" ON "referral_entry" ("device") WHERE "device" IS NOT NULL;
CREATE INDEX "referral_entry_network" ON "referral_entry" ("network", "link_id") WHERE "network" IS NOT NULL;

-- AlterTable
ALTER TABLE "received" ADD COLUMN     "reply_to" TEXT;

-- CreateTable
CREATE TABLE "enrolment_code" (
    "hash" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "issued_by" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "enrolment_code_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "enrolment_code_staff_id_idx" ON "enrolment_code"("staff_id");

-- An operator gives a failed message up for good.
ALTER TABLE "message" DROP CONSTRAINT "message_state_check";
ALTER TABLE "message" ADD CHECK ("state" IN ('queued', 'sending', 'sent', 'unknown', 'failed', 'dropped'));

-- Finds the card whose place a later one takes.
CREATE INDEX "message_subject" ON "message" ("channel", "conversation", ("card" ->> 'subject')) WHERE "card" ->> 'subject' IS NOT NULL;
CREATE INDEX "message_failed" ON "message" ("id") WHERE "state" = 'failed';

-- Why somebody came off the negative list before the last day.
ALTER TABLE "negative_entry" ADD COLUMN "end_reason" TEXT;

-- Who is to serve a newcomer whose entry waits for a review: they were told that one waits.
ALTER TABLE "referral_entry" ADD COLUMN "manager_id" UUID;

-- A complaint outlives the file of whoever complained, without their name; an open one keeps the file.
ALTER TABLE "complaint" ALTER COLUMN "client_id" DROP NOT NULL, ALTER COLUMN "task_id" DROP NOT NULL;
ALTER TABLE "complaint" DROP CONSTRAINT "complaint_client_id_fkey";
ALTER TABLE "complaint" DROP CONSTRAINT "complaint_task_id_fkey";
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_client_id_fkey" FOREIGN KEY ("client_id")
  REFERENCES "client"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_task_id_fkey" FOREIGN KEY ("task_id")
  REFERENCES "task"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_open_has_client"
  CHECK ("status" <> 'open' OR ("client_id" IS NOT NULL AND "task_id" IS NOT NULL));

-- A complaint is on the list from its first day, and late only after the day by which it is to be settled.
ALTER TABLE "task" ADD COLUMN "answer_by" DATE;
UPDATE "task" SET "answer_by" = (
  SELECT min("complaint"."due_on") FROM "complaint"
  WHERE "complaint"."task_id" = "task"."id" AND "complaint"."status" = 'open')
WHERE "kind" = 'complaint' AND "status" = 'open';

-- The owner of a prospect asks that the file be deleted, whoever is above confirms.
CREATE TABLE "erasure" (
  "id" UUID NOT NULL,
  "client_id" UUID,
  "asked_by" UUID NOT NULL,
  "ground" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'asked',
  "decided_by" UUID,
  "decided_at" TIMESTAMPTZ(3),
  "phone_hash" TEXT,

  CONSTRAINT "erasure_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "erasure_status"
    CHECK ("status" IN ('asked', 'confirmed', 'declined', 'superseded', 'lapsed'))
);
CREATE UNIQUE INDEX "erasure_asked" ON "erasure"("client_id") WHERE "status" = 'asked';
CREATE INDEX "erasure_client_id_idx" ON "erasure"("client_id");
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_client_id_fkey" FOREIGN KEY ("client_id")
  REFERENCES "client"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "page_session" ADD COLUMN "seen_at" TIMESTAMPTZ(3);
UPDATE "page_session" SET "seen_at" = "started_at";
ALTER TABLE "page_session" ALTER COLUMN "seen_at" SET NOT NULL;

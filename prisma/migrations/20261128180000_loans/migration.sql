-- AlterTable
ALTER TABLE "client" ADD COLUMN     "loan_due_on" DATE,
ADD COLUMN     "usage_fell_on" DATE;

-- AlterTable
ALTER TABLE "referral_entry" ADD COLUMN     "thanked_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "client_tier" ADD COLUMN     "old_facts_since" DATE;

ALTER TABLE "undo_snapshot" DROP CONSTRAINT "undo_snapshot_subject_check";
ALTER TABLE "undo_snapshot" ADD CHECK ("subject" IN ('shares', 'do-not-contact', 'quiet-hours', 'place', 'muted-until', 'corrected', 'facilities'));
ALTER TABLE "task" DROP CONSTRAINT "task_no_next_check";
ALTER TABLE "task" ADD CHECK ("no_next" IN ('do-not-contact', 'exit-tier', 'negative-list', 'no-rhythm', 'replaced', 'undone', 'consent-withdrawn', 'merged', 'settled'));

-- Who was thanked for a loan already.
UPDATE "referral_entry" AS entry SET "thanked_at" = granted.at
FROM (
  SELECT "client_id", min("logged_at") AS at FROM "outcome"
  WHERE "kind" = 'granted' AND "undone_at" IS NULL GROUP BY 1
) AS granted
WHERE granted."client_id" = entry."client_id" AND entry."status" = 'accepted' AND entry."credit" = 'first'
  AND granted.at >= entry."entered_at";

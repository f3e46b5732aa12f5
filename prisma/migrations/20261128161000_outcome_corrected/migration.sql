-- AlterTable
ALTER TABLE "outcome" ADD COLUMN     "corrected_by" UUID,
ADD COLUMN     "stays" BOOLEAN NOT NULL DEFAULT false;

-- What was corrected no longer counts, and only an attempt stays in the history.
ALTER TABLE "outcome" ADD CHECK ("corrected_by" IS NULL OR "undone_at" IS NOT NULL);
ALTER TABLE "outcome" ADD CHECK (NOT "stays" OR ("corrected_by" IS NOT NULL AND "kind" = 'no-answer'));

ALTER TABLE "former" DROP CONSTRAINT "former_subject_check";
ALTER TABLE "former" ADD CHECK ("subject" IN ('shares', 'do-not-contact', 'quiet-hours', 'place', 'muted-until', 'corrected'));

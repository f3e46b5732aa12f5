-- When somebody said what an entry is, and by which act.
ALTER TABLE "register_entry" ADD COLUMN "settled_at" TIMESTAMPTZ(3), ADD COLUMN "settled_act" UUID;
UPDATE "register_entry" SET "settled_at" = "recorded_at"
WHERE num_nonnulls("kind", "address", "contact_name", "businesses") > 0;
ALTER TABLE "undo_snapshot" DROP CONSTRAINT "undo_snapshot_subject_check";
ALTER TABLE "undo_snapshot" ADD CHECK ("subject" IN ('shares', 'do-not-contact', 'quiet-hours', 'place', 'muted-until',
  'corrected', 'facilities', 'register-entries'));

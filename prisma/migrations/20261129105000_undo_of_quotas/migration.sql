-- What quotas were before somebody set them.
ALTER TABLE "undo_snapshot" DROP CONSTRAINT "undo_snapshot_subject_check";
ALTER TABLE "undo_snapshot" ADD CHECK ("subject" IN ('shares', 'do-not-contact', 'quiet-hours', 'place', 'muted-until',
  'corrected', 'facilities', 'register-entries', 'quotas'));

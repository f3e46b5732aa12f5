-- The field's own terms: a touch is a contact, a naming a nomination, what an act wrote over an undo
-- snapshot.
ALTER TABLE "client" RENAME COLUMN "touches" TO "contacts";
ALTER TABLE "client" RENAME COLUMN "last_touch_on" TO "last_contact_on";

ALTER TABLE "tier_naming" RENAME TO "tier_nomination";
ALTER TABLE "tier_nomination" RENAME CONSTRAINT "tier_naming_pkey" TO "tier_nomination_pkey";
ALTER TABLE "tier_nomination" RENAME CONSTRAINT "tier_naming_client_id_fkey" TO "tier_nomination_client_id_fkey";
ALTER INDEX "tier_naming_client_id_idx" RENAME TO "tier_nomination_client_id_idx";
ALTER INDEX "tier_naming_open" RENAME TO "tier_nomination_open";
ALTER INDEX "tier_naming_lapse" RENAME TO "tier_nomination_lapse";

ALTER TABLE "former" RENAME TO "undo_snapshot";
ALTER TABLE "undo_snapshot" RENAME CONSTRAINT "former_pkey" TO "undo_snapshot_pkey";
ALTER TABLE "undo_snapshot" RENAME CONSTRAINT "former_client_id_fkey" TO "undo_snapshot_client_id_fkey";
ALTER TABLE "undo_snapshot" RENAME CONSTRAINT "former_subject_check" TO "undo_snapshot_subject_check";
ALTER INDEX "former_act_id_idx" RENAME TO "undo_snapshot_act_id_idx";
ALTER INDEX "former_client_id_idx" RENAME TO "undo_snapshot_client_id_idx";

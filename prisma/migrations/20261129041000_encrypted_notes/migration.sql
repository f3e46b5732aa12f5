-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "sha256" TEXT;

-- What people wrote of others, and what they photographed, is encrypted from now on: rows in clear are found by
-- partial indexes, as those of numbers are.
DROP INDEX "client_clear";
CREATE INDEX "client_clear" ON "client" ("id") WHERE phone <> '' and encrypted_by(phone) is null
  or id_number <> '' and encrypted_by(id_number) is null
  or credit_code <> '' and encrypted_by(credit_code) is null
  or do_not_contact <> '' and encrypted_by(do_not_contact) is null;
DROP INDEX "referral_entry_clear";
CREATE INDEX "referral_entry_clear" ON "referral_entry" ("id") WHERE phone <> '' and encrypted_by(phone) is null
  or need <> '' and encrypted_by(need) is null;
CREATE INDEX "client_note_clear" ON "client_note" ("id") WHERE text <> '' and encrypted_by(text) is null;
CREATE INDEX "task_clear" ON "task" ("id") WHERE note <> '' and encrypted_by(note) is null;
CREATE INDEX "task_move_clear" ON "task_move" ("id") WHERE from_note <> '' and encrypted_by(from_note) is null
  or skip_reason <> '' and encrypted_by(skip_reason) is null;
CREATE INDEX "outcome_clear" ON "outcome" ("id") WHERE note <> '' and encrypted_by(note) is null;
CREATE INDEX "visit_clear" ON "visit" ("id") WHERE note <> '' and encrypted_by(note) is null;
CREATE INDEX "need_clear" ON "need" ("id") WHERE note <> '' and encrypted_by(note) is null;
CREATE INDEX "tier_change_clear" ON "tier_change" ("id") WHERE reason <> '' and encrypted_by(reason) is null;
CREATE INDEX "negative_entry_clear" ON "negative_entry" ("id") WHERE reason <> '' and encrypted_by(reason) is null
  or end_reason <> '' and encrypted_by(end_reason) is null;

-- Which key encrypted a file; null: it is not encrypted. Its first bytes are the character that opens a ciphertext.
CREATE FUNCTION file_encrypted_by("bytes" bytea) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN substr($1, 1, 3) = '\xEE8388' THEN split_part(encode(substr($1, 4, 12), 'escape'), '.', 2) END
$$;
-- A file in Base64, on its way to whoever has the key.
CREATE FUNCTION file_base64("bytes" bytea) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN substr($1, 1, 3) = '\xEE8388'
    THEN U&'\E0C8=' || encode(substr($1, 4), 'base64') || U&'\E0C9' ELSE encode($1, 'base64') END
$$;
CREATE INDEX "upload_clear" ON "upload" ("id") WHERE bytes <> '' and file_encrypted_by(bytes) is null;

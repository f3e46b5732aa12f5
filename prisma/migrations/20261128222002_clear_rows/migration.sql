-- Rows that an older version wrote in clear, for each start to see whether there are any: empty once all is encrypted.
CREATE INDEX "client_clear" ON "client" ("id") WHERE phone is not null and encrypted_by(phone) is null
  or id_number is not null and encrypted_by(id_number) is null
  or credit_code is not null and encrypted_by(credit_code) is null;
CREATE INDEX "client_phone_clear" ON "client_phone" ("id") WHERE number is not null and encrypted_by(number) is null;
CREATE INDEX "relative_clear" ON "relative" ("id") WHERE phone is not null and encrypted_by(phone) is null;
CREATE INDEX "referral_entry_clear" ON "referral_entry" ("id") WHERE phone is not null and encrypted_by(phone) is null;

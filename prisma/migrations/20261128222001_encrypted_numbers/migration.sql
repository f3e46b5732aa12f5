-- Numbers are encrypted from now on: they are one, and are found, by their keyed hashes.
DROP INDEX "client_phone_key";
DROP INDEX "client_id_number_key";
DROP INDEX "client_credit_code_key";
DROP INDEX "client_phone_number_idx";
DROP INDEX "client_phone_client_id_number_key";
DROP INDEX "client_phone_live";
DROP INDEX "client_phone_number_tail";
CREATE UNIQUE INDEX "client_phone_key" ON "client" (secret_key("phone"));
CREATE UNIQUE INDEX "client_id_number_key" ON "client" (secret_key("id_number"));
CREATE UNIQUE INDEX "client_credit_code_key" ON "client" (secret_key("credit_code"));
CREATE UNIQUE INDEX "client_phone_once" ON "client_phone" ("client_id", secret_key("number"));
CREATE UNIQUE INDEX "client_phone_live" ON "client_phone" (secret_key("number")) WHERE "person" IS NULL AND "state" = 'ok';
CREATE INDEX "client_phone_number" ON "client_phone" (secret_key("number"));
CREATE INDEX "client_phone_number_tail" ON "client_phone" (tail_key("number"));

DROP VIEW client_identity;
CREATE VIEW client_identity AS
  SELECT client_id, 'phone' AS kind, number AS value, secret_key(number) AS key
    FROM client_phone WHERE person IS NULL AND state = 'ok'
  UNION ALL SELECT id, 'id', id_number, secret_key(id_number) FROM client WHERE id_number IS NOT NULL
  UNION ALL SELECT id, 'credit-code', credit_code, secret_key(credit_code) FROM client WHERE credit_code IS NOT NULL;

-- CreateTable
CREATE TABLE "data_key" (
    "id" SMALLINT NOT NULL,
    "purpose" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "data_key" ADD CHECK ("purpose" IN ('data', 'lookup'));

-- What an encrypted value is compared and found by: the keyed hash in it, which stays when the key that encrypts
-- changes. Of a value that is not encrypted, the value itself.
CREATE FUNCTION secret_key("value" text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN starts_with($1, U&'\E0C8') THEN split_part($1, '.', 4) ELSE $1 END
$$;
-- The same of its last four characters.
CREATE FUNCTION tail_key("value" text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN starts_with($1, U&'\E0C8') THEN split_part($1, '.', 5) ELSE right($1, 4) END
$$;
-- Which key encrypted a value; null: it is not encrypted.
CREATE FUNCTION encrypted_by("value" text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN starts_with($1, U&'\E0C8') THEN split_part($1, '.', 2) END
$$;

-- AlterTable
ALTER TABLE "client" ADD COLUMN     "cluster_id" UUID,
ADD COLUMN     "id_kind" TEXT NOT NULL DEFAULT 'resident',
ADD COLUMN     "industry_id" UUID,
ADD COLUMN     "kind_since" DATE,
ADD COLUMN     "language" TEXT,
ADD COLUMN     "last_tier" TEXT,
ADD COLUMN     "region_id" UUID,
ADD COLUMN     "source_detail" TEXT,
ADD COLUMN     "wechat" TEXT;

-- AlterTable
ALTER TABLE "client_facts" ADD COLUMN     "as_of" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "fact_entry" ALTER COLUMN "act_id" DROP NOT NULL,
ALTER COLUMN "staff_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "register_entry" (
    "id" UUID NOT NULL,
    "register" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT,
    "code" TEXT,
    "mark" TEXT,
    "staff_id" UUID,
    "act_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "register_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "register_name" (
    "register" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "entry_id" UUID NOT NULL,

    CONSTRAINT "register_name_pkey" PRIMARY KEY ("register","key")
);

-- CreateTable
CREATE TABLE "client_phone" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "label" TEXT,
    "person" TEXT,
    "preferred" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'ok',
    "state_at" TIMESTAMPTZ(3),
    "state_by" UUID,
    "staff_id" UUID,
    "act_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_phone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relative" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "relation" TEXT,
    "phone" TEXT,
    "staff_id" UUID,
    "act_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "relative_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facility" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "product" TEXT,
    "account" TEXT,
    "kind" TEXT NOT NULL,
    "line_id" UUID,
    "credit_limit" BIGINT NOT NULL,
    "balance" BIGINT NOT NULL,
    "opened_on" DATE,
    "ends_on" DATE,
    "state" TEXT NOT NULL DEFAULT 'open',
    "closed_on" DATE,
    "confirmed_by" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "claim_id" UUID,
    "document_id" UUID,
    "staff_id" UUID,
    "act_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "facility_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_held" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "product" TEXT NOT NULL,
    "since" DATE,
    "until" DATE,
    "told_by" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "staff_id" UUID,
    "act_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_held_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client_document" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "upload_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "valid_until" DATE,
    "staff_id" UUID,
    "act_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client_note" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "staff_id" UUID,
    "act_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_change" (
    "id" UUID NOT NULL,
    "act_id" UUID,
    "client_id" UUID NOT NULL,
    "staff_id" UUID,
    "subject" TEXT NOT NULL,
    "row_id" UUID,
    "before" JSONB,
    "after" JSONB,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "file_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "register_name_entry_id_idx" ON "register_name"("entry_id");

-- CreateIndex
CREATE INDEX "client_phone_number_idx" ON "client_phone"("number");

-- CreateIndex
CREATE UNIQUE INDEX "client_phone_client_id_number_key" ON "client_phone"("client_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "relative_client_id_kind_name_key" ON "relative"("client_id", "kind", "name");

-- CreateIndex
CREATE UNIQUE INDEX "facility_account_key" ON "facility"("account");

-- CreateIndex
CREATE INDEX "facility_client_id_idx" ON "facility"("client_id");

-- CreateIndex
CREATE INDEX "facility_line_id_idx" ON "facility"("line_id");

-- CreateIndex
CREATE INDEX "facility_claim_id_idx" ON "facility"("claim_id");

-- CreateIndex
CREATE INDEX "facility_act_id_idx" ON "facility"("act_id");

-- CreateIndex
CREATE INDEX "product_held_product_idx" ON "product_held"("product");

-- CreateIndex
CREATE UNIQUE INDEX "product_held_client_id_product_key" ON "product_held"("client_id", "product");

-- CreateIndex
CREATE INDEX "client_document_upload_id_idx" ON "client_document"("upload_id");

-- CreateIndex
CREATE UNIQUE INDEX "client_document_client_id_sha256_key" ON "client_document"("client_id", "sha256");

-- CreateIndex
CREATE INDEX "client_note_client_id_recorded_at_idx" ON "client_note"("client_id", "recorded_at");

-- CreateIndex
CREATE INDEX "client_note_act_id_idx" ON "client_note"("act_id");

-- CreateIndex
CREATE INDEX "file_change_client_id_recorded_at_idx" ON "file_change"("client_id", "recorded_at");

-- CreateIndex
CREATE INDEX "file_change_act_id_idx" ON "file_change"("act_id");

-- CreateIndex
CREATE INDEX "client_region_id_idx" ON "client"("region_id");

-- CreateIndex
CREATE INDEX "client_cluster_id_idx" ON "client"("cluster_id");

-- CreateIndex
CREATE INDEX "client_industry_id_idx" ON "client"("industry_id");

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_industry_id_fkey" FOREIGN KEY ("industry_id") REFERENCES "register_entry"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "register_entry"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "register_entry"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "register_name" ADD CONSTRAINT "register_name_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "register_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_phone" ADD CONSTRAINT "client_phone_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relative" ADD CONSTRAINT "relative_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "facility" ADD CONSTRAINT "facility_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "facility" ADD CONSTRAINT "facility_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "facility"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_held" ADD CONSTRAINT "product_held_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_document" ADD CONSTRAINT "client_document_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_note" ADD CONSTRAINT "client_note_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_change" ADD CONSTRAINT "file_change_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "client" DROP CONSTRAINT "client_kind_check";
ALTER TABLE "client" ADD CHECK ("kind" IN ('prospect', 'existing', 'lapsed'));
ALTER TABLE "client" ADD CHECK ("last_tier" IS NULL OR "kind" = 'lapsed');
ALTER TABLE "client" ADD CHECK ("id_kind" IN ('resident', 'passport', 'hk-macao', 'taiwan', 'residence-permit'));
ALTER TABLE "register_entry" ADD CHECK ("register" IN ('region', 'cluster', 'industry'));
ALTER TABLE "register_entry" ADD CHECK ("kind" IS NULL OR ("register" = 'cluster' AND "kind" IN ('market', 'mall', 'park', 'association', 'chain')));
ALTER TABLE "register_entry" ADD CHECK ("code" IS NULL OR "register" = 'industry');
ALTER TABLE "register_entry" ADD CHECK ("mark" IS NULL OR ("register" = 'industry' AND "mark" IN ('promising', 'neutral', 'cautious', 'barred')));
ALTER TABLE "client_phone" ADD CHECK ("state" IN ('ok', 'dead'));
ALTER TABLE "client_phone" ADD CHECK (NOT "preferred" OR "person" IS NULL);
ALTER TABLE "relative" ADD CHECK ("kind" IN ('household', 'guarantor'));
ALTER TABLE "facility" ADD CHECK ("kind" IN ('line', 'loan'));
ALTER TABLE "facility" ADD CHECK ("line_id" IS NULL OR "kind" = 'loan');
ALTER TABLE "facility" ADD CHECK ("credit_limit" >= 0 AND "balance" >= 0);
ALTER TABLE "facility" ADD CHECK ("opened_on" <= "ends_on");
ALTER TABLE "facility" ADD CHECK ("state" IN ('open', 'closed'));
ALTER TABLE "facility" ADD CHECK ("state" = 'closed' OR "closed_on" IS NULL);
ALTER TABLE "facility" ADD CHECK ("confirmed_by" IN ('feed', 'lead', 'import'));
ALTER TABLE "facility" ADD CHECK ("account" IS NOT NULL OR "document_id" IS NOT NULL);
ALTER TABLE "product_held" ADD CHECK ("told_by" IN ('feed', 'import', 'person'));
ALTER TABLE "product_held" ADD CHECK ("since" <= "until");
ALTER TABLE "client_document" ADD CHECK ("kind" IN ('licence', 'identity', 'premises', 'property', 'statement', 'contract', 'other'));
ALTER TABLE "client_document" ADD CHECK ("sha256" ~ '^[0-9a-f]{64}$');

-- A number of a client's own that is live means that client and nobody else.
CREATE UNIQUE INDEX "client_phone_live" ON "client_phone" ("number") WHERE "person" IS NULL AND "state" = 'ok';
CREATE INDEX "client_phone_number_tail" ON "client_phone" (right("number", 4));
CREATE INDEX "facility_ends" ON "facility" ("ends_on") WHERE "state" = 'open';

-- The numbers that mean one client, whatever their kind: the one place where clients are found by a number.
CREATE VIEW client_identity AS
  SELECT client_id, 'phone' AS kind, number AS value FROM client_phone WHERE person IS NULL AND state = 'ok'
  UNION ALL SELECT id, 'id', id_number FROM client WHERE id_number IS NOT NULL
  UNION ALL SELECT id, 'credit-code', credit_code FROM client WHERE credit_code IS NOT NULL;

-- A name in any spelling: width, case, blanks, and the dots in the names of many minorities and foreigners
-- (· • . ・ ‧) make no difference.
CREATE FUNCTION name_key("name" text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(lower(normalize($1, NFKC)), E' \t\u00b7\u2022.\u30fb\u2027\u2219\u22c5', '')
$$;

-- A client who is inserted with a phone number has it on the file.
CREATE FUNCTION client_phone_entered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO client_phone (id, client_id, number, preferred, staff_id, act_id, recorded_at)
  SELECT gen_random_uuid(), id, phone, true, CASE WHEN opened_by IS NOT NULL THEN owner_id END, opened_by,
    entered_at
  FROM entered WHERE phone IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER client_phone_entered AFTER INSERT ON "client"
  REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION client_phone_entered();

-- Keeps `client.phone` the live number of the client's own to call first.
CREATE FUNCTION client_phone_first() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN
    RETURN NULL; -- It came with its client.
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT array_agg(client_id) INTO ids FROM (SELECT client_id FROM changed UNION SELECT client_id FROM was) AS of;
  ELSE
    SELECT array_agg(DISTINCT client_id) INTO ids FROM changed;
  END IF;
  UPDATE client SET phone = first.number
  FROM unnest(ids) AS of (id) LEFT JOIN LATERAL (
    SELECT number FROM client_phone
    WHERE client_id = of.id AND person IS NULL AND state = 'ok'
    ORDER BY preferred DESC, recorded_at DESC, client_phone.id LIMIT 1
  ) AS first ON true
  WHERE client.id = of.id AND client.phone IS DISTINCT FROM first.number;
  RETURN NULL;
END $$;
CREATE TRIGGER client_phone_first_added AFTER INSERT ON "client_phone"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION client_phone_first();
CREATE TRIGGER client_phone_first_changed AFTER UPDATE ON "client_phone"
  REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION client_phone_first();
CREATE TRIGGER client_phone_first_removed AFTER DELETE ON "client_phone"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION client_phone_first();

-- Keeps the names of region, cluster and industry those of the registers.
CREATE FUNCTION client_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.region_id IS DISTINCT FROM OLD.region_id THEN
    NEW.region := CASE WHEN NEW.region_id IS NULL AND TG_OP = 'INSERT' THEN NEW.region
      ELSE (SELECT name FROM register_entry WHERE id = NEW.region_id AND register = 'region') END;
  END IF;
  IF TG_OP = 'INSERT' OR NEW.cluster_id IS DISTINCT FROM OLD.cluster_id THEN
    NEW.cluster := CASE WHEN NEW.cluster_id IS NULL AND TG_OP = 'INSERT' THEN NEW.cluster
      ELSE (SELECT name FROM register_entry WHERE id = NEW.cluster_id AND register = 'cluster') END;
  END IF;
  IF TG_OP = 'INSERT' OR NEW.industry_id IS DISTINCT FROM OLD.industry_id THEN
    NEW.industry := CASE WHEN NEW.industry_id IS NULL AND TG_OP = 'INSERT' THEN NEW.industry
      ELSE (SELECT name FROM register_entry WHERE id = NEW.industry_id AND register = 'industry') END;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER client_place_entered BEFORE INSERT ON "client" FOR EACH ROW
  WHEN (num_nonnulls(NEW.region_id, NEW.cluster_id, NEW.industry_id) > 0) EXECUTE FUNCTION client_place();
CREATE TRIGGER client_place_changed BEFORE UPDATE OF "region_id", "cluster_id", "industry_id" ON "client"
  FOR EACH ROW EXECUTE FUNCTION client_place();
CREATE FUNCTION register_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE client SET region = NEW.name WHERE region_id = NEW.id;
  UPDATE client SET cluster = NEW.name WHERE cluster_id = NEW.id;
  UPDATE client SET industry = NEW.name WHERE industry_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER register_renamed AFTER UPDATE OF "name" ON "register_entry" FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION register_renamed();

-- What was on file: each phone, and each name of a region, cluster or industry in its most used spelling.
INSERT INTO client_phone (id, client_id, number, preferred, staff_id, act_id, recorded_at)
SELECT gen_random_uuid(), id, phone, true, CASE WHEN opened_by IS NOT NULL THEN owner_id END, opened_by, entered_at
FROM client WHERE phone IS NOT NULL;

WITH named AS (
  SELECT place.register, name_key(place.name) AS key, mode() WITHIN GROUP (ORDER BY place.name) AS name,
    min(entered_at) AS recorded_at
  FROM client CROSS JOIN LATERAL (VALUES ('region', region), ('cluster', cluster), ('industry', industry))
    AS place (register, name)
  WHERE name_key(place.name) <> '' GROUP BY 1, 2
), entered AS (
  INSERT INTO register_entry (id, register, name, recorded_at)
  SELECT gen_random_uuid(), register, name, recorded_at FROM named RETURNING id, register, name
)
INSERT INTO register_name (register, key, name, entry_id)
SELECT register, name_key(name), name, id FROM entered;

UPDATE client SET
  region_id = (SELECT entry_id FROM register_name WHERE register = 'region' AND key = name_key(region)),
  cluster_id = (SELECT entry_id FROM register_name WHERE register = 'cluster' AND key = name_key(cluster)),
  industry_id = (SELECT entry_id FROM register_name WHERE register = 'industry' AND key = name_key(industry))
WHERE num_nonnulls(region, cluster, industry) > 0;

-- The day of which each recorded fact is, as the banks of this country count days.
UPDATE client_facts SET as_of = known.as_of
FROM (
  SELECT client_id, jsonb_object_agg(fact, day) AS as_of
  FROM (
    SELECT DISTINCT ON (client_id, fact) client_id, fact, (recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day
    FROM fact_entry WHERE undone_at IS NULL ORDER BY client_id, fact, id DESC
  ) AS latest GROUP BY client_id
) AS known
WHERE known.client_id = client_facts.client_id;

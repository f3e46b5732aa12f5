-- An entry may be what another one is, and an industry has a code, which clients carry for the standards.
ALTER TABLE "register_entry" ADD COLUMN "same_as" UUID;
ALTER TABLE "register_entry" ADD CONSTRAINT "register_entry_same_as_fkey" FOREIGN KEY ("same_as")
  REFERENCES "register_entry"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "register_entry_same_as_idx" ON "register_entry"("same_as");
ALTER TABLE "register_entry" DROP COLUMN "mark";
ALTER TABLE "client" ADD COLUMN "industry_code" TEXT;

CREATE OR REPLACE FUNCTION client_place() RETURNS trigger LANGUAGE plpgsql AS $$
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
    NEW.industry_code := (SELECT code FROM register_entry WHERE id = NEW.industry_id AND register = 'industry');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION register_coded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE client SET industry_code = NEW.code WHERE industry_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER register_coded AFTER UPDATE OF "code" ON "register_entry" FOR EACH ROW
  WHEN (NEW.register = 'industry' AND OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION register_coded();

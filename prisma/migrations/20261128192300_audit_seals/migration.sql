-- AlterTable
ALTER TABLE "act" ADD COLUMN     "erased" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "input_hash" BYTEA;

-- CreateTable
CREATE TABLE "audit_seal" (
    "day" DATE NOT NULL,
    "acts" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("day")
);

-- CreateIndex
CREATE INDEX "act_at_idx" ON "act" USING BRIN ("at");


-- What was done stays: an act can be taken back, and what was said in it erased, and nothing else of it.
UPDATE act SET input_hash = sha256(convert_to(input::text, 'UTF8'));

CREATE FUNCTION act_hashes_input() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.input_hash := sha256(convert_to(NEW.input::text, 'UTF8'));
  RETURN NEW;
END $$;
CREATE TRIGGER act_hashes_input BEFORE INSERT ON act
  FOR EACH ROW EXECUTE FUNCTION act_hashes_input();

CREATE FUNCTION act_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND (NEW.id, NEW.staff_id, NEW.channel, NEW.command, NEW.result, NEW.undoable, NEW.at)
      = (OLD.id, OLD.staff_id, OLD.channel, OLD.command, OLD.result, OLD.undoable, OLD.at)
    AND NEW.given_out IS NOT DISTINCT FROM OLD.given_out
    AND NEW.input_hash IS NOT DISTINCT FROM OLD.input_hash
    AND (NEW.erased OR NOT OLD.erased AND NEW.input = OLD.input) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what stands on the audit trail stays' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER act_stays BEFORE UPDATE OR DELETE ON act
  FOR EACH ROW EXECUTE FUNCTION act_stays();

CREATE FUNCTION audit_seal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a seal of the audit trail stays' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_seal_stays BEFORE UPDATE OR DELETE ON audit_seal
  FOR EACH ROW EXECUTE FUNCTION audit_seal_stays();

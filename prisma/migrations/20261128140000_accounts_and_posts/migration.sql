-- When an account came to be a person's; null: before this was kept.
ALTER TABLE "account" ADD COLUMN "joined_at" TIMESTAMPTZ(3);

-- Accounts of which somebody said that they are not theirs: no service's word joins them again.
CREATE TABLE "disowned_account" (
    "channel" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "disowned_account_pkey" PRIMARY KEY ("channel", "external_id", "staff_id")
);

-- Wrong binding codes of the last hour; the sender is a keyed hash.
CREATE TABLE "enrolment_guess" (
    "id" UUID NOT NULL,
    "sender" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "enrolment_guess_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "enrolment_guess_at_idx" ON "enrolment_guess" ("at");

-- Which roles work in which kinds of units: what a person sees follows from role and unit, so that a
-- manager in head office, or a lead in it, would see the whole bank. The same table stands in
-- features/staff/rules.ts.
CREATE FUNCTION staff_fits_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM unit WHERE id = NEW.unit_id AND (
      NEW.role = 'manager' AND kind IN ('team', 'sub-branch', 'branch')
      OR NEW.role = 'lead' AND kind IN ('team', 'sub-branch')
      OR NEW.role = 'head' AND kind IN ('sub-branch', 'branch', 'head-office')
      OR NEW.role IN ('marketing', 'risk', 'line') AND kind IN ('department', 'head-office')
      OR NEW.role = 'staff')
  ) THEN
    RAISE EXCEPTION 'nobody with the role % works in a unit of that kind', NEW.role
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER staff_fits_unit BEFORE INSERT OR UPDATE OF role, unit_id ON staff
  FOR EACH ROW EXECUTE FUNCTION staff_fits_unit();

-- The table of roles and kinds of units once, for whoever changes somebody's post and for whoever changes
-- what a unit is while people work in it. The same table stands in features/staff/rules.ts.
CREATE FUNCTION works_in(role text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN role = 'manager' AND kind IN ('team', 'sub-branch', 'branch')
    OR role = 'lead' AND kind IN ('team', 'sub-branch')
    OR role = 'head' AND kind IN ('sub-branch', 'branch', 'head-office')
    OR role IN ('marketing', 'risk', 'line') AND kind IN ('department', 'head-office')
    OR role = 'staff';

CREATE OR REPLACE FUNCTION staff_fits_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM unit WHERE id = NEW.unit_id AND works_in(NEW.role, kind)) THEN
    RAISE EXCEPTION 'nobody with the role % works in a unit of that kind', NEW.role
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- Looked at once all is written: a register may change a unit and those who work in it together.
CREATE FUNCTION unit_fits_staff() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM staff JOIN unit ON unit.id = staff.unit_id
    WHERE unit.id = NEW.id AND active AND NOT works_in(staff.role, unit.kind)
  ) THEN
    RAISE EXCEPTION 'somebody works in unit % who does not belong into one of that kind', NEW.code
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER unit_fits_staff AFTER UPDATE OF kind ON unit
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind)
  EXECUTE FUNCTION unit_fits_staff();

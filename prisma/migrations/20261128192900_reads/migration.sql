-- AlterTable
ALTER TABLE "act" ADD COLUMN     "room" TEXT,
ADD COLUMN     "seen" UUID[] DEFAULT ARRAY[]::UUID[];

-- Whom an answer showed stays on the trail too.
CREATE OR REPLACE FUNCTION act_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND (NEW.id, NEW.staff_id, NEW.channel, NEW.command, NEW.result, NEW.undoable, NEW.at)
      = (OLD.id, OLD.staff_id, OLD.channel, OLD.command, OLD.result, OLD.undoable, OLD.at)
    AND NEW.given_out IS NOT DISTINCT FROM OLD.given_out
    AND NEW.seen IS NOT DISTINCT FROM OLD.seen
    AND NEW.room IS NOT DISTINCT FROM OLD.room
    AND NEW.input_hash IS NOT DISTINCT FROM OLD.input_hash
    AND (NEW.erased OR NOT OLD.erased AND NEW.input = OLD.input) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what stands on the audit trail stays' USING ERRCODE = 'restrict_violation';
END $$;

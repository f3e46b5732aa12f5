-- CreateTable
CREATE TABLE "audit_purge" (
    "day" DATE NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "purged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_purge_pkey" PRIMARY KEY ("day")
);

-- Acts go by the sealed day, and no earlier than six months after (网络安全法, art. 21). The function runs with the
-- rights of whoever owns it, so that a role that may not delete from the trail can have a day purged and nothing else.
CREATE FUNCTION purge_audit_day(of date, timezone text) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  began timestamptz := of::timestamp AT TIME ZONE timezone;
  ended timestamptz := (of + 1)::timestamp AT TIME ZONE timezone;
  gone int;
BEGIN
  IF ended > now() - interval '183 days' OR NOT EXISTS (SELECT FROM audit_seal WHERE day = of) THEN
    RAISE EXCEPTION 'this day of the audit trail stays' USING ERRCODE = 'restrict_violation';
  END IF;
  INSERT INTO audit_purge (day, from_at, until_at, purged_at) VALUES (of, began, ended, now());
  DELETE FROM act WHERE at >= began AND at < ended;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;

CREATE FUNCTION audit_purge_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.until_at <= now() - interval '183 days'
    AND NEW.until_at - NEW.from_at <= interval '26 hours' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'this day of the audit trail stays' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_purge_stays BEFORE INSERT OR UPDATE OR DELETE ON audit_purge
  FOR EACH ROW EXECUTE FUNCTION audit_purge_stays();

CREATE OR REPLACE FUNCTION act_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT FROM audit_purge WHERE OLD.at >= from_at AND OLD.at < until_at) THEN
    RETURN OLD;
  END IF;
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

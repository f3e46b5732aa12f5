-- AlterTable
ALTER TABLE "outcome" ADD COLUMN     "next_time" TEXT,
ADD COLUMN     "stage" TEXT;

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "due_time" TEXT;

-- AlterTable
ALTER TABLE "task_move" ADD COLUMN     "from_time" TEXT;

-- Kinds are data of the playbook. What is on file gets its stage in one rewrite of the table: an update
-- would have the triggers count every campaign anew.
ALTER TABLE "outcome" DROP CONSTRAINT "outcome_kind_check";
ALTER TABLE "outcome" ALTER COLUMN "stage" TYPE TEXT USING CASE "kind"
  WHEN 'interested' THEN 'interested' WHEN 'applied' THEN 'applied' WHEN 'granted' THEN 'granted'
  WHEN 'thinking' THEN 'reached' WHEN 'declined' THEN 'lost' WHEN 'do-not-contact' THEN 'barred'
  ELSE 'none' END;
ALTER TABLE "outcome" ALTER COLUMN "stage" SET NOT NULL;
ALTER TABLE "outcome" ADD CHECK ("kind" ~ '^[a-z][a-z0-9-]{0,39}$');
ALTER TABLE "outcome" ADD CHECK ("stage" IN ('none', 'reached', 'interested', 'applied', 'approved', 'signed', 'granted', 'lost', 'barred'));
ALTER TABLE "outcome" ADD CHECK ("next_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "task" ADD CHECK ("due_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');

-- What was corrected stays in the history where nobody was reached.
ALTER TABLE "outcome" DROP CONSTRAINT "outcome_check1";
ALTER TABLE "outcome" ADD CHECK (NOT "stays" OR ("corrected_by" IS NOT NULL AND "stage" = 'none'));

CREATE OR REPLACE VIEW loan_granted AS
  SELECT outcome.staff_id, outcome.client_id, outcome.logged_on AS granted_on, true AS claimed,
    outcome.amount AS claimed_amount, facility.id IS NOT NULL AS confirmed,
    facility.credit_limit AS confirmed_amount
  FROM outcome LEFT JOIN facility ON facility.claim_id = outcome.id
  WHERE outcome.stage = 'granted' AND outcome.undone_at IS NULL
  UNION ALL
  SELECT client.owner_id, facility.client_id, facility.opened_on, false, NULL, true, facility.credit_limit
  FROM facility JOIN client ON client.id = facility.client_id
  WHERE facility.claim_id IS NULL AND facility.line_id IS NULL AND facility.opened_on IS NOT NULL;

-- The responses of a campaign go by the stage that an outcome reached.
CREATE OR REPLACE FUNCTION campaign_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM changed WHERE campaign_id IS NOT NULL
      OR stage IN ('applied', 'approved', 'signed', 'granted')) THEN
    RETURN NULL;
  END IF;
  WITH concerned AS (
    SELECT DISTINCT campaign_id, client_id FROM changed WHERE campaign_id IS NOT NULL
    UNION
    SELECT response.campaign_id, response.client_id
    FROM changed JOIN campaign_response AS response ON response.client_id = changed.client_id
    WHERE changed.stage IN ('applied', 'approved', 'signed', 'granted')
  ), touches AS (
    SELECT concerned.campaign_id, concerned.client_id, min(logged_on) AS first_on,
      max(logged_on) AS latest_on,
      (array_agg(outcome.kind ORDER BY logged_at DESC, outcome.id DESC))[1] AS latest,
      (array_agg(outcome.staff_id ORDER BY logged_at, outcome.id))[1] AS staff_id,
      bool_or(outcome.stage <> 'none') AS responded,
      bool_or(outcome.stage = 'interested') AS interested
    FROM concerned JOIN outcome ON outcome.client_id = concerned.client_id
      AND outcome.campaign_id = concerned.campaign_id AND outcome.undone_at IS NULL
    GROUP BY concerned.campaign_id, concerned.client_id
  ), results AS (
    SELECT touches.campaign_id, touches.client_id,
      coalesce(bool_or(outcome.stage IN ('applied', 'approved', 'signed', 'granted')), false) AS applied,
      coalesce(bool_or(outcome.stage = 'granted'), false) AS granted
    FROM touches JOIN campaign ON campaign.id = touches.campaign_id
    LEFT JOIN outcome ON outcome.client_id = touches.client_id AND outcome.undone_at IS NULL
      AND outcome.stage IN ('applied', 'approved', 'signed', 'granted')
      AND outcome.logged_on >= touches.first_on
      AND outcome.logged_on <= campaign.ends_on + 90
    GROUP BY touches.campaign_id, touches.client_id
  ), gone AS (
    DELETE FROM campaign_response USING concerned
    WHERE campaign_response.campaign_id = concerned.campaign_id
      AND campaign_response.client_id = concerned.client_id
      AND NOT EXISTS (SELECT FROM touches WHERE touches.campaign_id = concerned.campaign_id
        AND touches.client_id = concerned.client_id)
  )
  INSERT INTO campaign_response (campaign_id, client_id, staff_id, unit_id, first_on, latest,
    latest_on, region, industry, responded, interested, applied, granted)
  SELECT touches.campaign_id, touches.client_id, touches.staff_id, staff.unit_id, first_on, latest,
    latest_on, client.region, client.industry, responded OR applied OR granted,
    interested OR applied OR granted, applied OR granted, granted
  FROM touches JOIN results USING (campaign_id, client_id)
  JOIN staff ON staff.id = touches.staff_id JOIN client ON client.id = touches.client_id
  ORDER BY touches.campaign_id, touches.client_id
  ON CONFLICT (campaign_id, client_id) DO UPDATE SET first_on = excluded.first_on,
    latest = excluded.latest, latest_on = excluded.latest_on, responded = excluded.responded,
    interested = excluded.interested, applied = excluded.applied, granted = excluded.granted;
  RETURN NULL;
END $$;

-- AlterTable
ALTER TABLE "client" ADD COLUMN     "cluster" TEXT,
ADD COLUMN     "region" TEXT;

-- AlterTable
ALTER TABLE "need" ADD COLUMN     "campaign_id" UUID;

-- AlterTable
ALTER TABLE "outcome" ADD COLUMN     "campaign_id" UUID;

-- CreateTable
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "publisher_id" UUID NOT NULL,
    "publisher_path" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "regions" TEXT[],
    "industries" TEXT[],
    "clusters" TEXT[],
    "products" TEXT[],
    "talking_points" TEXT NOT NULL,
    "audience_paths" TEXT[],
    "audience_staff" UUID[],
    "target_reached" INTEGER,
    "target_interested" INTEGER,
    "target_applied" INTEGER,
    "target_granted" INTEGER,
    "approved_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_response" (
    "campaign_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "first_on" DATE NOT NULL,
    "latest" TEXT NOT NULL,
    "latest_on" DATE NOT NULL,
    "region" TEXT,
    "industry" TEXT,
    "responded" BOOLEAN NOT NULL,
    "interested" BOOLEAN NOT NULL,
    "applied" BOOLEAN NOT NULL,
    "granted" BOOLEAN NOT NULL,

    CONSTRAINT "campaign_response_pkey" PRIMARY KEY ("campaign_id","client_id")
);

-- CreateTable
CREATE TABLE "campaign_figure" (
    "campaign_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "dimension" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "reached" INTEGER NOT NULL,
    "responded" INTEGER NOT NULL,
    "interested" INTEGER NOT NULL,
    "applied" INTEGER NOT NULL,
    "granted" INTEGER NOT NULL,

    CONSTRAINT "campaign_figure_pkey" PRIMARY KEY ("campaign_id","unit_id","dimension","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "campaign_name_key" ON "campaign"("name");

-- CreateIndex
CREATE INDEX "campaign_status_idx" ON "campaign"("status");

-- CreateIndex
CREATE INDEX "campaign_response_client_id_idx" ON "campaign_response"("client_id");

-- CreateIndex
CREATE INDEX "need_campaign_id_idx" ON "need"("campaign_id");

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_publisher_id_fkey" FOREIGN KEY ("publisher_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_response" ADD CONSTRAINT "campaign_response_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_response" ADD CONSTRAINT "campaign_response_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_figure" ADD CONSTRAINT "campaign_figure_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Words that a text column may hold, and plans that cannot be.
ALTER TABLE "campaign" ADD CHECK ("status" IN ('draft', 'submitted', 'approved', 'running', 'paused', 'ended', 'withdrawn'));
ALTER TABLE "campaign" ADD CHECK ("starts_on" <= "ends_on");
ALTER TABLE "campaign" ADD CHECK (cardinality("audience_paths") + cardinality("audience_staff") > 0);
ALTER TABLE "campaign_figure" ADD CHECK ("dimension" IN ('manager', 'day', 'region', 'industry'));

-- Keeps campaign_response true to the outcomes, whoever writes or undoes them: the responses of a
-- campaign's own outcomes, and what any later outcome of a client who responded came to. A result
-- counts until 90 days after the end.
CREATE FUNCTION campaign_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM changed WHERE campaign_id IS NOT NULL OR kind IN ('applied', 'granted')) THEN
    RETURN NULL;
  END IF;
  WITH concerned AS (
    SELECT DISTINCT campaign_id, client_id FROM changed WHERE campaign_id IS NOT NULL
    UNION
    SELECT response.campaign_id, response.client_id
    FROM changed JOIN campaign_response AS response ON response.client_id = changed.client_id
    WHERE changed.kind IN ('applied', 'granted')
  ), touches AS (
    SELECT concerned.campaign_id, concerned.client_id, min(logged_on) AS first_on,
      max(logged_on) AS latest_on,
      (array_agg(outcome.kind ORDER BY logged_at DESC, outcome.id DESC))[1] AS latest,
      (array_agg(outcome.staff_id ORDER BY logged_at, outcome.id))[1] AS staff_id,
      bool_or(outcome.kind NOT IN ('no-answer', 'wrong-number')) AS responded,
      bool_or(outcome.kind = 'interested') AS interested
    FROM concerned JOIN outcome ON outcome.client_id = concerned.client_id
      AND outcome.campaign_id = concerned.campaign_id AND outcome.undone_at IS NULL
    GROUP BY concerned.campaign_id, concerned.client_id
  ), results AS (
    SELECT touches.campaign_id, touches.client_id,
      coalesce(bool_or(outcome.kind = 'applied'), false) AS applied,
      coalesce(bool_or(outcome.kind = 'granted'), false) AS granted
    FROM touches JOIN campaign ON campaign.id = touches.campaign_id
    LEFT JOIN outcome ON outcome.client_id = touches.client_id AND outcome.undone_at IS NULL
      AND outcome.kind IN ('applied', 'granted') AND outcome.logged_on >= touches.first_on
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
CREATE TRIGGER campaign_follow_logged AFTER INSERT ON "outcome"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION campaign_follow();
CREATE TRIGGER campaign_follow_undone AFTER UPDATE ON "outcome"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION campaign_follow();

-- Keeps campaign_figure the count of campaign_response: what a change took away is subtracted, what
-- it brought is added.
CREATE FUNCTION campaign_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  side record;
BEGIN
  FOR side IN SELECT * FROM (VALUES ('removed', -1), ('added', 1)) AS sides (name, sign) LOOP
    CONTINUE WHEN (side.name = 'removed' AND TG_OP = 'INSERT') OR (side.name = 'added' AND TG_OP = 'DELETE');
    EXECUTE format($count$
      INSERT INTO campaign_figure
      SELECT campaign_id, unit_id, dimension, key, %1$s * count(*), %1$s * count(*) FILTER (WHERE responded),
        %1$s * count(*) FILTER (WHERE interested), %1$s * count(*) FILTER (WHERE applied),
        %1$s * count(*) FILTER (WHERE granted)
      FROM %2$I CROSS JOIN LATERAL (VALUES ('manager', staff_id::text), ('day', first_on::text),
        ('region', coalesce(region, '')), ('industry', coalesce(industry, ''))) AS by (dimension, key)
      GROUP BY campaign_id, unit_id, dimension, key
      ORDER BY campaign_id, unit_id, dimension, key
      ON CONFLICT (campaign_id, unit_id, dimension, key) DO UPDATE SET
        reached = campaign_figure.reached + excluded.reached,
        responded = campaign_figure.responded + excluded.responded,
        interested = campaign_figure.interested + excluded.interested,
        applied = campaign_figure.applied + excluded.applied,
        granted = campaign_figure.granted + excluded.granted
      $count$, side.sign, side.name);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER campaign_count_added AFTER INSERT ON "campaign_response"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION campaign_count();
CREATE TRIGGER campaign_count_changed AFTER UPDATE ON "campaign_response"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION campaign_count();
CREATE TRIGGER campaign_count_removed AFTER DELETE ON "campaign_response"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION campaign_count();

-- A count of each unit as a whole: totals, branches and teams are added up from one row a unit instead
-- of one a manager.
ALTER TABLE "campaign_figure" DROP CONSTRAINT "campaign_figure_dimension_check";
ALTER TABLE "campaign_figure" ADD CHECK ("dimension" IN ('unit', 'manager', 'day', 'region', 'industry'));

CREATE OR REPLACE FUNCTION campaign_count() RETURNS trigger LANGUAGE plpgsql AS $$
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
      FROM %2$I CROSS JOIN LATERAL (VALUES ('unit', ''), ('manager', staff_id::text),
        ('day', first_on::text), ('region', coalesce(region, '')),
        ('industry', coalesce(industry, ''))) AS by (dimension, key)
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

INSERT INTO campaign_figure
SELECT campaign_id, unit_id, 'unit', '', sum(reached), sum(responded), sum(interested), sum(applied),
  sum(granted)
FROM campaign_figure WHERE dimension = 'manager' GROUP BY campaign_id, unit_id;

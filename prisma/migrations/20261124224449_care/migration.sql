-- AlterTable
ALTER TABLE "client" ADD COLUMN     "last_visit_on" DATE,
ADD COLUMN     "licence_ends_on" DATE,
ADD COLUMN     "quiet_hours" TEXT,
ADD COLUMN     "touches" DATE[] DEFAULT ARRAY[]::DATE[],
ADD COLUMN     "unused_since" DATE;

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "asked" BOOLEAN,
ADD COLUMN     "base" INTEGER,
ADD COLUMN     "because" TEXT,
ADD COLUMN     "escalation" INTEGER,
ADD COLUMN     "no_next" TEXT;

ALTER TABLE "client" ADD CHECK ("quiet_hours" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "task" ADD CHECK ("escalation" BETWEEN 0 AND 3);

-- What a bank has on file already.
UPDATE "client" SET "touches" = ARRAY(
  SELECT DISTINCT "logged_on" FROM "outcome"
  WHERE "client_id" = "client"."id" AND "undone_at" IS NULL AND "kind" NOT IN ('no-answer', 'wrong-number')
  ORDER BY "logged_on" DESC LIMIT 10)
WHERE "last_touch_on" IS NOT NULL;
UPDATE "task" SET "base" = "priority" WHERE "status" = 'open';

-- A quota is of a month, a quarter or a year; those there are, and those a workbook brought, are of months.
ALTER TABLE "quota" ADD COLUMN "span" TEXT, ADD COLUMN "stretch" BIGINT,
  ALTER COLUMN "target" SET DATA TYPE BIGINT;
UPDATE "quota" SET "span" = to_char("month", 'YYYY-MM');
ALTER TABLE "quota" ALTER COLUMN "span" SET NOT NULL, DROP COLUMN "month",
  ADD CHECK ("span" ~ '^20[0-9]{2}(-(0[1-9]|1[0-2])|-Q[1-4])?$'), ADD CHECK ("stretch" > "target");
UPDATE "import_row" SET "says" = ("says" - 'month') || jsonb_build_object('span', left("says" ->> 'month', 7))
  WHERE "kind" = 'quotas' AND "says" ? 'month';

CREATE UNIQUE INDEX "quota_unit_id_span_measure_key" ON "quota"("unit_id", "span", "measure");
CREATE UNIQUE INDEX "quota_staff_id_span_measure_key" ON "quota"("staff_id", "span", "measure");

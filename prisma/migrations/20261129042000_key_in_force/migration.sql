-- AlterTable
ALTER TABLE "data_key" ADD COLUMN     "in_force_from" TIMESTAMPTZ(3);
UPDATE "data_key" SET "in_force_from" = "made_at";
ALTER TABLE "data_key" ALTER COLUMN "in_force_from" SET NOT NULL;

-- AlterTable
ALTER TABLE "import_row" ADD COLUMN "act_id" UUID;

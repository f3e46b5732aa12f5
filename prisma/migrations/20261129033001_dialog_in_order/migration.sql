-- AlterTable
ALTER TABLE "dialog" ALTER COLUMN "expects" SET DATA TYPE JSON;

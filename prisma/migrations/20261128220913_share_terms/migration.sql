-- AlterTable
ALTER TABLE "share" ADD COLUMN     "reason" TEXT,
ADD COLUMN     "since" DATE,
ADD COLUMN     "until" DATE;

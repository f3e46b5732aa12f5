-- AlterTable
ALTER TABLE "feed_load" ADD COLUMN     "entered" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "feed_row" DROP COLUMN "differs";

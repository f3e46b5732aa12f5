-- AlterTable
ALTER TABLE "activity" ADD COLUMN     "series" TEXT;

-- CreateIndex
CREATE INDEX "activity_series_idx" ON "activity"("series");

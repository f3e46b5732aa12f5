-- AlterTable
ALTER TABLE "task_list" ADD COLUMN     "shown" JSONB;

-- AlterTable
ALTER TABLE "task_move" ADD COLUMN     "skip_reason" TEXT;

-- CreateIndex
CREATE INDEX "task_list_day_idx" ON "task_list"("day");

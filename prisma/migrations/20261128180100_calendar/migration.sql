-- AlterTable
ALTER TABLE "task_move" ADD COLUMN     "by_calendar" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "calendar_day" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "unit_id" UUID,
    "day" DATE NOT NULL,
    "works" BOOLEAN NOT NULL,
    "name" TEXT,
    "entered_by" UUID NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_by" UUID,

    CONSTRAINT "calendar_day_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "calendar_day_act_id_idx" ON "calendar_day"("act_id");

-- AddForeignKey
ALTER TABLE "calendar_day" ADD CONSTRAINT "calendar_day_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

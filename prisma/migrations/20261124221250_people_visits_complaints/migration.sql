-- AlterTable
ALTER TABLE "staff" ADD COLUMN     "morning_at" TEXT,
ADD COLUMN     "muted_until" DATE;

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "postponed" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "task_move" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "from_due_on" DATE NOT NULL,
    "to_due_on" DATE NOT NULL,
    "from_manager_id" UUID NOT NULL,
    "to_manager_id" UUID NOT NULL,
    "from_note" TEXT,
    "moved_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "stand_in_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "until_day" DATE NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "note" TEXT NOT NULL,
    "visited_on" DATE NOT NULL,
    "logged_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "registered_by" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "complaint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota" (
    "id" UUID NOT NULL,
    "unit_id" UUID,
    "staff_id" UUID,
    "month" DATE NOT NULL,
    "measure" TEXT NOT NULL,
    "target" INTEGER NOT NULL,
    "set_by" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quota_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "task_move_act_id_idx" ON "task_move"("act_id");

-- CreateIndex
CREATE INDEX "task_move_task_id_idx" ON "task_move"("task_id");

-- CreateIndex
CREATE INDEX "absence_staff_id_until_day_idx" ON "absence"("staff_id", "until_day");

-- CreateIndex
CREATE INDEX "absence_stand_in_id_until_day_idx" ON "absence"("stand_in_id", "until_day");

-- CreateIndex
CREATE INDEX "absence_act_id_idx" ON "absence"("act_id");

-- CreateIndex
CREATE INDEX "visit_client_id_logged_at_idx" ON "visit"("client_id", "logged_at");

-- CreateIndex
CREATE INDEX "visit_staff_id_visited_on_idx" ON "visit"("staff_id", "visited_on");

-- CreateIndex
CREATE INDEX "visit_act_id_idx" ON "visit"("act_id");

-- CreateIndex
CREATE INDEX "complaint_client_id_idx" ON "complaint"("client_id");

-- CreateIndex
CREATE INDEX "complaint_task_id_idx" ON "complaint"("task_id");

-- CreateIndex
CREATE INDEX "complaint_act_id_idx" ON "complaint"("act_id");

-- CreateIndex
CREATE INDEX "complaint_closed_by_idx" ON "complaint"("closed_by");

-- CreateIndex
CREATE UNIQUE INDEX "quota_unit_id_month_measure_key" ON "quota"("unit_id", "month", "measure");

-- CreateIndex
CREATE UNIQUE INDEX "quota_staff_id_month_measure_key" ON "quota"("staff_id", "month", "measure");

-- AddForeignKey
ALTER TABLE "task_move" ADD CONSTRAINT "task_move_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_stand_in_id_fkey" FOREIGN KEY ("stand_in_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota" ADD CONSTRAINT "quota_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota" ADD CONSTRAINT "quota_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- What Prisma cannot say.
ALTER TABLE "staff" ADD CHECK ("morning_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "absence" ADD CHECK ("from_day" <= "until_day");
ALTER TABLE "absence" ADD CHECK ("staff_id" <> "stand_in_id");
ALTER TABLE "complaint" ADD CHECK ("status" IN ('open', 'closed', 'withdrawn'));
ALTER TABLE "complaint" ADD CHECK (("status" = 'closed') = ("answer" IS NOT NULL));
ALTER TABLE "quota" ADD CHECK (("unit_id" IS NULL) <> ("staff_id" IS NULL));
ALTER TABLE "quota" ADD CHECK ("target" > 0);
ALTER TABLE "quota" ADD CHECK (extract(day from "month") = 1);

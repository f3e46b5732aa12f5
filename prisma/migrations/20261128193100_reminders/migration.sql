-- CreateTable
CREATE TABLE "reminder" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "client_id" UUID,
    "due_on" DATE NOT NULL,
    "due_time" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "act_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "reminded_at" TIMESTAMPTZ(3),

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reminder_staff_id_due_on_idx" ON "reminder"("staff_id", "due_on");

-- CreateIndex
CREATE INDEX "reminder_client_id_idx" ON "reminder"("client_id");

-- CreateIndex
CREATE INDEX "reminder_act_id_idx" ON "reminder"("act_id");

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Looked up every minute.
CREATE INDEX "task_hour" ON "task" ("due_on", "due_time") WHERE "status" = 'open' AND "due_time" IS NOT NULL;
CREATE INDEX "reminder_to_come" ON "reminder" ("due_on") WHERE "reminded_at" IS NULL;

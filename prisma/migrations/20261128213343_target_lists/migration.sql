-- CreateTable
CREATE TABLE "target_list" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "made_by" UUID NOT NULL,
    "within" TEXT NOT NULL,
    "filter" JSONB,
    "import_id" UUID,
    "way" TEXT NOT NULL,
    "product" TEXT,
    "talking_points" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "act_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "recalled_at" TIMESTAMPTZ(3),

    CONSTRAINT "target_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "target_list_row" (
    "list_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "task_id" UUID,
    "skip" TEXT,

    CONSTRAINT "target_list_row_pkey" PRIMARY KEY ("list_id","client_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "target_list_key_key" ON "target_list"("key");

-- CreateIndex
CREATE UNIQUE INDEX "target_list_row_task_id_key" ON "target_list_row"("task_id");

-- CreateIndex
CREATE INDEX "target_list_row_client_id_idx" ON "target_list_row"("client_id");

-- AddForeignKey
ALTER TABLE "target_list" ADD CONSTRAINT "target_list_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target_list_row" ADD CONSTRAINT "target_list_row_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "target_list"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target_list_row" ADD CONSTRAINT "target_list_row_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target_list_row" ADD CONSTRAINT "target_list_row_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "task" DROP CONSTRAINT "task_no_next_check";
ALTER TABLE "task" ADD CHECK ("no_next" IN ('do-not-contact', 'exit-tier', 'negative-list', 'no-rhythm', 'replaced', 'undone', 'consent-withdrawn', 'merged', 'settled', 'recalled'));

-- CreateTable
CREATE TABLE "fact_entry" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "fact" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "fact_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "fact_entry_client_id_idx" ON "fact_entry"("client_id");

-- CreateIndex
CREATE INDEX "fact_entry_act_id_idx" ON "fact_entry"("act_id");

-- AddForeignKey
ALTER TABLE "fact_entry" ADD CONSTRAINT "fact_entry_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

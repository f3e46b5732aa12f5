-- CreateTable
CREATE TABLE "former" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "client_id" UUID,
    "before" JSONB NOT NULL,

    CONSTRAINT "former_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "former_act_id_idx" ON "former"("act_id");

-- CreateIndex
CREATE INDEX "former_client_id_idx" ON "former"("client_id");

-- CreateIndex
CREATE INDEX "owner_change_from_id_idx" ON "owner_change"("from_id");

-- AddForeignKey
ALTER TABLE "former" ADD CONSTRAINT "former_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "former" ADD CHECK ("subject" IN ('shares', 'do-not-contact', 'quiet-hours', 'place', 'muted-until'));
ALTER TABLE "task" ADD CHECK ("no_next" IN ('do-not-contact', 'exit-tier', 'negative-list', 'no-rhythm', 'replaced', 'undone', 'consent-withdrawn'));
ALTER TABLE "outcome" ADD CHECK ("no_next" IN ('do-not-contact', 'exit-tier', 'negative-list', 'no-rhythm'));
ALTER TABLE "visit" ADD CHECK ("no_next" IN ('do-not-contact', 'exit-tier', 'negative-list', 'no-rhythm'));

-- What `undo` asks of the whole book.
CREATE INDEX "client_opened_by" ON "client" ("opened_by") WHERE "opened_by" IS NOT NULL;
CREATE INDEX "client_silenced_by" ON "client" ("silenced_by") WHERE "silenced_by" IS NOT NULL;

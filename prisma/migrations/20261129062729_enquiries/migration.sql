-- CreateTable
CREATE TABLE "enquiry" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "client_id" UUID,
    "move_id" UUID,
    "request_id" UUID,
    "addressee" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "answer" TEXT,
    "answered_by" UUID,
    "answered_at" TIMESTAMPTZ(3),
    "closed_by" UUID,
    "late" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "enquiry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "enquiry_client_id_idx" ON "enquiry"("client_id");

-- CreateIndex
CREATE INDEX "enquiry_move_id_idx" ON "enquiry"("move_id");

-- CreateIndex
CREATE INDEX "enquiry_request_id_idx" ON "enquiry"("request_id");

-- CreateIndex
CREATE INDEX "enquiry_act_id_idx" ON "enquiry"("act_id");

-- CreateIndex
CREATE INDEX "enquiry_closed_by_idx" ON "enquiry"("closed_by");

-- CreateIndex
CREATE INDEX "enquiry_asked_by_status_idx" ON "enquiry"("asked_by", "status");

-- AddForeignKey
ALTER TABLE "enquiry" ADD CONSTRAINT "enquiry_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enquiry" ADD CONSTRAINT "enquiry_move_id_fkey" FOREIGN KEY ("move_id") REFERENCES "tier_change"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enquiry" ADD CONSTRAINT "enquiry_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enquiry" ADD CONSTRAINT "enquiry_asked_by_fkey" FOREIGN KEY ("asked_by") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "enquiry"
    ADD CONSTRAINT "enquiry_addressee_check" CHECK ("addressee" IN ('manager', 'marketing', 'risk', 'requester')),
    ADD CONSTRAINT "enquiry_status_check" CHECK ("status" IN ('open', 'answered', 'withdrawn')),
    ADD CONSTRAINT "enquiry_about_check" CHECK (("client_id" IS NULL) <> ("request_id" IS NULL));

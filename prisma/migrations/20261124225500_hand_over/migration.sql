-- CreateTable
CREATE TABLE "product" (
    "code" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "label_zh" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "words" TEXT[],
    "active" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "business_line" (
    "code" TEXT NOT NULL,
    "label_zh" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "unit_id" UUID,

    CONSTRAINT "business_line_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "hand_over" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "sent_on" DATE NOT NULL,
    "reminded_on" DATE,

    CONSTRAINT "hand_over_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hand_over_row" (
    "id" UUID NOT NULL,
    "hand_over_id" UUID NOT NULL,
    "need_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'sent',
    "reason" TEXT,
    "note" TEXT,
    "answered_by" UUID,
    "answered_on" DATE,
    "done_on" DATE,

    CONSTRAINT "hand_over_row_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "hand_over_unit_id_sent_on_key" ON "hand_over"("unit_id", "sent_on");

-- CreateIndex
CREATE UNIQUE INDEX "hand_over_row_need_id_key" ON "hand_over_row"("need_id");

-- CreateIndex
CREATE INDEX "hand_over_row_hand_over_id_idx" ON "hand_over_row"("hand_over_id");

-- AddForeignKey
ALTER TABLE "business_line" ADD CONSTRAINT "business_line_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_over_row" ADD CONSTRAINT "hand_over_row_hand_over_id_fkey" FOREIGN KEY ("hand_over_id") REFERENCES "hand_over"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_over_row" ADD CONSTRAINT "hand_over_row_need_id_fkey" FOREIGN KEY ("need_id") REFERENCES "need"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "need" DROP CONSTRAINT "need_status_check";
ALTER TABLE "need" ADD CONSTRAINT "need_status_check" CHECK ("status" IN ('open', 'withdrawn', 'declined', 'served'));
ALTER TABLE "hand_over_row" ADD CHECK ("status" IN ('sent', 'accepted', 'declined', 'done'));
ALTER TABLE "hand_over_row" ADD CHECK (("status" = 'declined') = ("reason" IS NOT NULL));
-- What waits to be handed over.
CREATE INDEX "need_waiting" ON "need" ("line") WHERE "status" = 'open';

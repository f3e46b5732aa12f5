-- CreateTable
CREATE TABLE "paper" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "product" TEXT,
    "words" TEXT[],
    "body" TEXT,
    "upload_id" UUID,
    "valid_until" DATE,
    "staff_id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,

    CONSTRAINT "paper_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "paper_upload_id_idx" ON "paper"("upload_id");

-- One of a title is shown; the one before it is kept as it was.
CREATE UNIQUE INDEX "paper_title" ON "paper" (name_key("title")) WHERE "ended_at" IS NULL;

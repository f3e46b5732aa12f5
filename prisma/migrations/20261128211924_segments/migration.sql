-- CreateTable
CREATE TABLE "segment" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "made_by" UUID NOT NULL,
    "within" TEXT,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "segment_made_by_key_key" ON "segment"("made_by", "key");

-- AddForeignKey
ALTER TABLE "segment" ADD CONSTRAINT "segment_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

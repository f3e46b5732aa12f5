-- AlterTable
ALTER TABLE "share" ADD COLUMN     "backup" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "visit" ADD COLUMN     "no_next" TEXT,
ADD COLUMN     "photo_id" UUID;

-- CreateTable
CREATE TABLE "owner_change" (
    "id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "owner_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "owner_change_act_id_idx" ON "owner_change"("act_id");

-- CreateIndex
CREATE INDEX "owner_change_client_id_idx" ON "owner_change"("client_id");

-- AddForeignKey
ALTER TABLE "owner_change" ADD CONSTRAINT "owner_change_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

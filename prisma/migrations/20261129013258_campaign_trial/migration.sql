-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "control_share" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "filter" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "segment" TEXT;

-- CreateTable
CREATE TABLE "campaign_trial" (
    "campaign_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "held_out" BOOLEAN NOT NULL,

    CONSTRAINT "campaign_trial_pkey" PRIMARY KEY ("campaign_id","client_id")
);

-- CreateIndex
CREATE INDEX "campaign_trial_client_id_idx" ON "campaign_trial"("client_id");

-- AddForeignKey
ALTER TABLE "campaign_trial" ADD CONSTRAINT "campaign_trial_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_trial" ADD CONSTRAINT "campaign_trial_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

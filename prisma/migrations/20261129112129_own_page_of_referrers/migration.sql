-- AlterTable
ALTER TABLE "referral_link" ADD COLUMN     "own_code" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "referral_link_own_code_key" ON "referral_link"("own_code");

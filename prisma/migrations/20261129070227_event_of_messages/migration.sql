-- AlterTable
ALTER TABLE "act" ADD COLUMN     "received_id" UUID;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "received_id" UUID;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "stale_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "request" ADD COLUMN     "evidence" TEXT;

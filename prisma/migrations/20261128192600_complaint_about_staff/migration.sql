-- AlterTable
ALTER TABLE "complaint" ADD COLUMN     "about_staff_id" UUID;

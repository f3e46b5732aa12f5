-- AlterTable
ALTER TABLE "register_entry" ADD COLUMN     "address" TEXT,
ADD COLUMN     "businesses" INTEGER,
ADD COLUMN     "contact_name" TEXT,
ADD COLUMN     "contact_phone" TEXT;

-- AlterTable
ALTER TABLE "client_facts" ADD COLUMN     "deposits" BIGINT,
ADD COLUMN     "yearly_income" BIGINT;

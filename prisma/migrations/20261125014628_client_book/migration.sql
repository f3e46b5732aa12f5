-- DropIndex
DROP INDEX "client_owner_id_idx";

-- CreateIndex
CREATE INDEX "client_book" ON "client"("owner_id", "name", "business_name", "pinyin", "initials", "id");

-- CreateIndex
CREATE INDEX "client_owner_id_entered_at_idx" ON "client"("owner_id", "entered_at");

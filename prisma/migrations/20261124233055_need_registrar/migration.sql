-- CreateIndex
CREATE INDEX "need_registered_by_idx" ON "need"("registered_by");

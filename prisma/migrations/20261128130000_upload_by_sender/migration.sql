-- How many files somebody sent lately is asked of each.
CREATE INDEX "upload_staff_id_at_idx" ON "upload"("staff_id", "at");

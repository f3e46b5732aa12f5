-- A file that the law has the bank keep is blocked at its person's wish, and deleted once the term is over.
ALTER TABLE "erasure" DROP CONSTRAINT "erasure_status";
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_status"
  CHECK ("status" IN ('asked', 'confirmed', 'blocked', 'declined', 'superseded', 'lapsed'));
CREATE INDEX "erasure_blocked" ON "erasure"("client_id") WHERE "status" = 'blocked';

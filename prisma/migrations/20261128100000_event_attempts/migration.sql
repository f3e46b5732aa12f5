-- An event that ended the process each time it was answered is not taken up for ever.
ALTER TABLE "received" ADD COLUMN "attempts" SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE "received" ADD COLUMN "set_aside_at" TIMESTAMPTZ(3);
CREATE INDEX "received_set_aside" ON "received" ("set_aside_at") WHERE "set_aside_at" IS NOT NULL;

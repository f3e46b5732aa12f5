-- A card is read whole: as text it is stored and fetched without being taken apart, and what it shows
-- the state of stands beside it. One that shows anew what stands is composed when it is sent.
DROP INDEX "message_subject";
ALTER TABLE "message" ADD COLUMN     "reader_id" UUID,
ADD COLUMN     "subject" TEXT,
ALTER COLUMN "card" DROP NOT NULL,
ALTER COLUMN "card" SET DATA TYPE JSON;

ALTER TABLE "message" ADD CHECK ("card" IS NOT NULL OR ("reader_id" IS NOT NULL AND "subject" IS NOT NULL));
UPDATE "message" SET "subject" = "card" ->> 'subject' WHERE "card" ->> 'subject' IS NOT NULL;
CREATE INDEX "message_subject" ON "message" ("channel", "conversation", "subject", "id") WHERE "subject" IS NOT NULL;

DROP INDEX "message_due";
CREATE INDEX "message_due" ON "message" ("channel", ("once_key" IS NOT NULL), ("reader_id" IS NOT NULL), "not_before", "id")
  WHERE "state" IN ('queued', 'sending', 'unknown');

-- Every outcome notes a touch: with room on its page that changes none of a client's nine indexes.
ALTER TABLE "client" SET (fillfactor = 90);

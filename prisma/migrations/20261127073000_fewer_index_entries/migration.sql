-- A message is written three times and an event twice; each index that names what changes is written
-- as often. These hold now only what they are asked for.
DROP INDEX "message_channel_conversation_id_idx";
CREATE INDEX "message_sent" ON "message" ("channel", "conversation", "id") WHERE "state" = 'sent';

DROP INDEX "message_once_key_key";
CREATE UNIQUE INDEX "message_once" ON "message" ("once_key") WHERE "once_key" IS NOT NULL;

DROP INDEX "task_closed_by_idx";
CREATE INDEX "task_closed_by" ON "task" ("closed_by") WHERE "closed_by" IS NOT NULL;

-- Found by `received_in_turn` as well.
DROP INDEX "received_unanswered";

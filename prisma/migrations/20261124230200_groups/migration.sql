-- What is due in the outbox, answers apart from what is sent to many, the longest due first.
CREATE INDEX "message_due" ON "message" ("channel", ("once_key" IS NOT NULL), "not_before", "id")
  WHERE "state" IN ('queued', 'sending', 'unknown');

-- Whether an earlier event of a conversation waits for its answer.
CREATE INDEX "received_in_turn" ON "received" ("channel", "conversation", "id") WHERE "answered_at" IS NULL;

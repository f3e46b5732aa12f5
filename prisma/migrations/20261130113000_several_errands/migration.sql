-- Looser: of what a person set for something particular a client may have several open.
DROP INDEX "task_open_once";
CREATE UNIQUE INDEX "task_open_once" ON "task" ("client_id", "kind")
  WHERE "status" = 'open' AND NOT ("kind" = 'other' AND "reason" IN ('own', 'assigned'));

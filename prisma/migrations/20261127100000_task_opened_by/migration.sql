-- Most tasks are opened by the night, and by no act.
DROP INDEX "task_opened_by_idx";
CREATE INDEX "task_opened_by" ON "task" ("opened_by") WHERE "opened_by" IS NOT NULL;

-- What was logged for a task is asked for where it is put right, said again or shown: all outcomes were read for it.
CREATE INDEX "outcome_task_id_idx" ON "outcome" ("task_id");

-- What is due and what is overdue is counted of a whole team without reading its tasks.
DROP INDEX "task_open_list";
CREATE INDEX "task_open_list" ON "task" ("manager_id", "due_on", "priority" DESC, "id") INCLUDE ("answer_by") WHERE "status" = 'open';

-- What is under way with a client, or ended it: one outcome of many, among all that a book of a year holds.
CREATE INDEX "outcome_under_way" ON "outcome" ("client_id", "logged_on")
  WHERE "stage" NOT IN ('none', 'reached') AND "undone_at" IS NULL;

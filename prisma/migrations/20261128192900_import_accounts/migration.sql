-- Accounts come in by the same door as lists.
ALTER TABLE "import" DROP CONSTRAINT "import_kind_check";
ALTER TABLE "import" ADD CONSTRAINT "import_kind_check"
  CHECK ("kind" IN ('clients', 'negative', 'exit', 'quotas', 'accounts'));
ALTER TABLE "import_row" DROP CONSTRAINT "import_row_kind_check";
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_kind_check"
  CHECK ("kind" IN ('client', 'history', 'negative', 'exit', 'quotas', 'accounts'));

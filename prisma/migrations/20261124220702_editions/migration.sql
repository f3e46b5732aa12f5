-- CreateTable
CREATE TABLE "edition" (
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "effective_from" DATE,
    "body" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "makers" UUID[],
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "dry_run" JSONB,
    "dry_run_of" TEXT,
    "dry_run_at" TIMESTAMPTZ(3),
    "published_by" UUID,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "edition_pkey" PRIMARY KEY ("kind","version")
);

-- What is on file moves over.
INSERT INTO "edition" ("kind", "version", "status", "effective_from", "body", "hash", "makers", "made_at", "published_at")
SELECT "kind", "version", 'published', "effective_from", "body",
    encode(sha256(convert_to("body"::text, 'UTF8')), 'hex'), '{}', now(), now()
FROM (
    SELECT 'tiers:' || "kind" AS "kind", "version", "effective_from", "body" - '{kind,version,effectiveFrom}'::text[] AS "body" FROM "standard"
    UNION ALL
    SELECT 'playbook', "version", "effective_from", "body" - '{version,effectiveFrom}'::text[] FROM "playbook"
) AS "old";

-- DropTable
DROP TABLE "playbook";

-- DropTable
DROP TABLE "standard";

ALTER TABLE "edition" ADD CHECK ("status" IN ('draft', 'published', 'withdrawn'));
ALTER TABLE "edition" ADD CHECK ("status" <> 'published' OR ("effective_from" IS NOT NULL AND "published_at" IS NOT NULL));
CREATE UNIQUE INDEX "edition_one_draft" ON "edition" ("kind") WHERE "status" = 'draft';
CREATE INDEX "edition_in_force" ON "edition" ("kind", "effective_from" DESC, "version" DESC) WHERE "status" = 'published';

CREATE FUNCTION keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published edition is never edited';
END $$;
CREATE TRIGGER "edition_keep_published" BEFORE UPDATE ON "edition" FOR EACH ROW
  WHEN (OLD."status" <> 'draft' AND (NEW."body", NEW."effective_from") IS DISTINCT FROM (OLD."body", OLD."effective_from"))
  EXECUTE FUNCTION keep_published();

-- AlterTable
ALTER TABLE "client_tier" ADD COLUMN     "decided" TEXT;
UPDATE "client_tier" SET "decided" = "tier";
ALTER TABLE "client_tier" ALTER COLUMN "decided" SET NOT NULL;

-- AlterTable
ALTER TABLE "tier_change" ADD COLUMN     "approver_role" TEXT,
ADD COLUMN     "decided_at" TIMESTAMPTZ(3),
ADD COLUMN     "decided_by" UUID,
ADD COLUMN     "facts" JSONB,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'applied';

ALTER TABLE "tier_change" ADD CHECK ("status" IN ('applied', 'pending', 'rejected', 'superseded'));
ALTER TABLE "tier_change" ADD CHECK ("approver_role" IN ('marketing', 'risk'));
ALTER TABLE "tier_change" ADD CHECK ("status" <> 'pending' OR "approver_role" IS NOT NULL);
CREATE UNIQUE INDEX "tier_change_pending" ON "tier_change" ("client_id") WHERE "status" = 'pending';

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "staff_id" UUID,
    "channel" TEXT,
    "external_id" TEXT,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "upload_id" UUID,
    "state" TEXT NOT NULL,
    "act_id" UUID,
    "next" INTEGER NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "counts" JSONB NOT NULL DEFAULT '{}',
    "fault" JSONB,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "import_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "sheet" SMALLINT NOT NULL,
    "line" INTEGER NOT NULL,
    "says" JSONB NOT NULL,
    "cells" JSONB NOT NULL,
    "keys" TEXT[],
    "hashes" TEXT[],
    "account" TEXT,
    "faults" JSONB,
    "first" INTEGER,
    "verdict" TEXT,
    "reason" TEXT,
    "client_id" UUID,
    "owner_id" UUID,
    "other_owner" BOOLEAN NOT NULL DEFAULT false,
    "changes" JSONB,
    "written" BOOLEAN NOT NULL DEFAULT false,
    "stays" TEXT,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("import_id","number")
);

-- CreateIndex
CREATE INDEX "import_staff_id_started_at_idx" ON "import"("staff_id", "started_at");

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "import" ADD CHECK ("state" IN ('reading', 'checking', 'preview', 'running', 'done', 'undoing', 'undone', 'dropped', 'failed'));
ALTER TABLE "import_row" ADD CHECK ("kind" IN ('client', 'history'));
ALTER TABLE "import_row" ADD CHECK ("verdict" IN ('new', 'changed', 'same', 'also', 'twice', 'listed', 'foreign', 'rejected'));

-- What is to be gone on with.
CREATE INDEX "import_under_way" ON "import" ("started_at") WHERE "state" IN ('reading', 'checking', 'running', 'undoing');

-- CreateTable
CREATE TABLE "redaction" (
    "id" UUID NOT NULL,
    "traces" JSONB NOT NULL,
    "place" SMALLINT NOT NULL DEFAULT 0,
    "after" UUID NOT NULL,

    CONSTRAINT "redaction_pkey" PRIMARY KEY ("id")
);

-- What a second person is asked to confirm before it is done.
CREATE TABLE "request" (
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "payload" JSONB NOT NULL,
  "asked_by" UUID NOT NULL,
  "reason" TEXT,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'asked',
  "decided_by" UUID,
  "decided_at" TIMESTAMPTZ(3),

  CONSTRAINT "request_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "request_status"
    CHECK ("status" IN ('asked', 'confirmed', 'declined', 'superseded', 'lapsed'))
);
CREATE UNIQUE INDEX "request_asked" ON "request"("kind", "subject") WHERE "status" = 'asked';

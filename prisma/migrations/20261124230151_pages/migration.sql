-- CreateTable
CREATE TABLE "page_link" (
    "hash" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "page_link_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "page_session" (
    "hash" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "page_session_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "page_link_expires_at_idx" ON "page_link"("expires_at");

-- CreateIndex
CREATE INDEX "page_session_staff_id_idx" ON "page_session"("staff_id");

-- CreateIndex
CREATE INDEX "page_session_expires_at_idx" ON "page_session"("expires_at");

-- AddForeignKey
ALTER TABLE "page_link" ADD CONSTRAINT "page_link_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page_session" ADD CONSTRAINT "page_session_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

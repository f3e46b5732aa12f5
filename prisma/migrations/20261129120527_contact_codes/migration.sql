-- CreateTable
CREATE TABLE "contact_code" (
    "link_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "config_id" TEXT,
    "address" TEXT,
    "picture" BYTEA,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "call_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_code_pkey" PRIMARY KEY ("link_id","staff_id")
);

-- CreateIndex
CREATE INDEX "contact_code_staff_id_idx" ON "contact_code"("staff_id");

-- CreateIndex
CREATE INDEX "contact_code_call_at_idx" ON "contact_code"("call_at");

-- AddForeignKey
ALTER TABLE "contact_code" ADD CONSTRAINT "contact_code_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "referral_link"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_code" ADD CONSTRAINT "contact_code_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

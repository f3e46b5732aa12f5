-- CreateTable
CREATE TABLE "department_share" (
    "client_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "since" DATE NOT NULL,
    "until" DATE,
    "reason" TEXT,

    CONSTRAINT "department_share_pkey" PRIMARY KEY ("client_id","unit_id")
);

-- CreateIndex
CREATE INDEX "department_share_unit_id_idx" ON "department_share"("unit_id");

-- AddForeignKey
ALTER TABLE "department_share" ADD CONSTRAINT "department_share_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department_share" ADD CONSTRAINT "department_share_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "import_layout" (
    "unit_id" UUID NOT NULL,
    "layout" TEXT NOT NULL,
    "chosen" JSONB NOT NULL,
    "decided_by" UUID NOT NULL,
    "decided_on" DATE NOT NULL,

    CONSTRAINT "import_layout_pkey" PRIMARY KEY ("unit_id","layout")
);

-- AddForeignKey
ALTER TABLE "import_layout" ADD CONSTRAINT "import_layout_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_layout" ADD CONSTRAINT "import_layout_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "key_product" (
    "tier" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "talk" TEXT,
    "named_by" UUID NOT NULL,
    "named_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_product_pkey" PRIMARY KEY ("tier","product")
);

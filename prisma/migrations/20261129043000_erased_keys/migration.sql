-- CreateTable
CREATE TABLE "erased_key" (
    "hash" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erased_key_pkey" PRIMARY KEY ("hash")
);

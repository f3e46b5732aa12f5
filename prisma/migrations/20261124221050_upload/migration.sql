-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "staff_id" UUID,
    "name" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

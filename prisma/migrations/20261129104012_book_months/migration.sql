-- CreateTable
CREATE TABLE "book_month" (
    "month" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "clients" INTEGER NOT NULL,
    "balance" BIGINT NOT NULL,
    "deposits" BIGINT NOT NULL,
    "income" BIGINT NOT NULL,
    "known" INTEGER NOT NULL,
    "gained" INTEGER NOT NULL,
    "regained" INTEGER NOT NULL,
    "lapsed" INTEGER NOT NULL,
    "best" INTEGER NOT NULL,
    "complete" INTEGER NOT NULL,

    CONSTRAINT "book_month_pkey" PRIMARY KEY ("month","staff_id")
);

-- CreateIndex
CREATE INDEX "book_month_staff_id_month_idx" ON "book_month"("staff_id", "month");

-- AddForeignKey
ALTER TABLE "book_month" ADD CONSTRAINT "book_month_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "points_rule" (
    "id" UUID NOT NULL,
    "unit_path" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "until_day" DATE NOT NULL,
    "counts_from" DATE NOT NULL,
    "for_details" INTEGER NOT NULL,
    "for_contact" INTEGER NOT NULL,
    "for_loan" INTEGER NOT NULL,
    "clients" BOOLEAN NOT NULL,
    "staff" BOOLEAN NOT NULL,
    "managers" BOOLEAN NOT NULL,
    "budget" INTEGER NOT NULL,
    "ceiling" INTEGER,
    "emptied_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "points_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "points_posting" (
    "entry_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "rule_id" UUID NOT NULL,
    "points" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "payout_id" UUID,

    CONSTRAINT "points_posting_pkey" PRIMARY KEY ("entry_id","stage","round","kind")
);

-- CreateIndex
CREATE INDEX "points_posting_rule_id_idx" ON "points_posting"("rule_id");

-- AddForeignKey
ALTER TABLE "points_posting" ADD CONSTRAINT "points_posting_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "referral_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "points_posting" ADD CONSTRAINT "points_posting_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "points_rule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "points_rule" ADD CHECK ("until_day" >= "from_day");
ALTER TABLE "points_rule" ADD CHECK ("for_details" >= 0 AND "for_contact" >= 0 AND "for_loan" >= 0);
ALTER TABLE "points_rule" ADD CHECK ("budget" > 0 AND "ceiling" > 0);
ALTER TABLE "points_posting" ADD CHECK ("stage" IN ('details', 'contact', 'loan'));
ALTER TABLE "points_posting" ADD CHECK ("kind" IN ('earned', 'taken-back', 'paid', 'recovered'));
ALTER TABLE "points_posting" ADD CHECK ("round" > 0);
ALTER TABLE "points_posting" ADD CHECK (CASE WHEN "kind" IN ('earned', 'recovered') THEN "points" > 0 ELSE "points" < 0 END);
ALTER TABLE "points_posting" ADD CHECK (("payout_id" IS NOT NULL) = ("kind" IN ('paid', 'recovered')));

-- What was posted stands; a mistake is posted against.
CREATE FUNCTION points_posting_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of points_posting are never changed';
END $$;
CREATE TRIGGER points_posting_stands BEFORE UPDATE ON "points_posting"
  FOR EACH ROW EXECUTE FUNCTION points_posting_stands();

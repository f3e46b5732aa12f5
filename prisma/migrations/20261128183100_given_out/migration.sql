-- How many rows an export gave out.
ALTER TABLE "act" ADD COLUMN "given_out" INTEGER;

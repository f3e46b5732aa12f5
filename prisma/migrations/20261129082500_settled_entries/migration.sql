-- When somebody said what an entry is, and by which act.
ALTER TABLE "register_entry" ADD COLUMN "settled_at" TIMESTAMPTZ(3), ADD COLUMN "settled_act" UUID;
UPDATE "register_entry" SET "settled_at" = "recorded_at"
WHERE num_nonnulls("kind", "address", "contact_name", "businesses") > 0;

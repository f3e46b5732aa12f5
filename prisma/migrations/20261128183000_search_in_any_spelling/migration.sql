-- Part of a name in any spelling: the same runs of characters, of names without blanks and dots.
DROP INDEX "client_grams";
CREATE INDEX "client_grams" ON "client" USING GIN (grams(name_key("name" || coalesce("business_name", ''))));
-- The end of any number on a file finds it, which "client_phone_number_tail" answers.
DROP INDEX "client_phone_tail";

-- 吕 is typed lv, lu and lyu: kept as lu, as src/core/pinyin.ts folds it.
UPDATE "client" SET "pinyin" = regexp_replace("pinyin", '([ln])v', '\1u', 'g') WHERE "pinyin" ~ '[ln]v';

-- AlterTable
ALTER TABLE "client" ADD COLUMN     "core_number" TEXT;

-- CreateTable
CREATE TABLE "feed_load" (
    "id" UUID NOT NULL,
    "feed" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "mode" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "unmatched" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "ended" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "faults" JSONB NOT NULL DEFAULT '[]',
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feed_load_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE UNLOGGED TABLE "feed_row" (
    "load_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "key_kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "client_id" UUID,
    "account" TEXT,
    "cells" JSONB NOT NULL,
    "differs" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "feed_row_pkey" PRIMARY KEY ("load_id","line")
);

-- CreateTable
CREATE TABLE "feed_token" (
    "hash" TEXT NOT NULL,
    "feed" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "feed_token_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "feed_load_feed_received_at_idx" ON "feed_load"("feed", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "client_core_number_key" ON "client"("core_number");

ALTER TABLE "feed_load" ADD CHECK ("feed" IN ('facilities', 'facts', 'clients'));
ALTER TABLE "feed_load" ADD CHECK ("mode" IN ('full', 'changes'));
ALTER TABLE "feed_token" ADD CHECK ("feed" IN ('facilities', 'facts', 'clients'));
CREATE INDEX "facility_fed" ON "facility" ("as_of") WHERE "state" = 'open' AND "confirmed_by" <> 'lead';

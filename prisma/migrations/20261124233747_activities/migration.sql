-- CreateTable
CREATE TABLE "activity" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "held_on" DATE NOT NULL,
    "starts_at" TEXT,
    "host_id" UUID NOT NULL,
    "host_path" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "cancelled" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_guest" (
    "activity_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "invited_by" UUID,
    "act_id" UUID,
    "attended_at" TIMESTAMPTZ(3),
    "via" TEXT,

    CONSTRAINT "activity_guest_pkey" PRIMARY KEY ("activity_id","client_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "activity_name_key" ON "activity"("name");

-- CreateIndex
CREATE UNIQUE INDEX "activity_code_key" ON "activity"("code");

-- CreateIndex
CREATE INDEX "activity_held_on_idx" ON "activity"("held_on");

-- CreateIndex
CREATE INDEX "activity_guest_client_id_idx" ON "activity_guest"("client_id");

-- CreateIndex
CREATE INDEX "activity_guest_act_id_idx" ON "activity_guest"("act_id");

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_guest" ADD CONSTRAINT "activity_guest_activity_id_fkey" FOREIGN KEY ("activity_id") REFERENCES "activity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_guest" ADD CONSTRAINT "activity_guest_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "activity_guest" ADD CHECK ("via" IN ('line', 'scan'));
ALTER TABLE "activity_guest" ADD CHECK (("via" IS NULL) = ("attended_at" IS NULL));

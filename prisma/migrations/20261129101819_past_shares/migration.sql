-- CreateTable
CREATE TABLE "past_share" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "since" DATE NOT NULL,
    "until" DATE NOT NULL,

    CONSTRAINT "past_share_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "past_share_client_id_idx" ON "past_share"("client_id");

-- CreateIndex
CREATE INDEX "past_share_staff_id_idx" ON "past_share"("staff_id");

-- CreateIndex
CREATE INDEX "past_share_owner_id_idx" ON "past_share"("owner_id");

-- AddForeignKey
ALTER TABLE "past_share" ADD CONSTRAINT "past_share_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A loan has an id, so that it is counted once for several people.
CREATE OR REPLACE VIEW loan_granted AS
  SELECT outcome.staff_id, outcome.client_id, outcome.logged_on AS granted_on, true AS claimed,
    outcome.amount AS claimed_amount, facility.id IS NOT NULL AS confirmed,
    facility.credit_limit AS confirmed_amount, coalesce(facility.id, outcome.id) AS id
  FROM outcome LEFT JOIN facility ON facility.claim_id = outcome.id
  WHERE outcome.stage = 'granted' AND outcome.undone_at IS NULL
  UNION ALL
  SELECT client.owner_id, facility.client_id, facility.opened_on, false, NULL, true, facility.credit_limit,
    facility.id
  FROM facility JOIN client ON client.id = facility.client_id
  WHERE facility.claim_id IS NULL AND facility.line_id IS NULL AND facility.opened_on IS NOT NULL;

-- When somebody served a client together with another: whoever shared it, and with whom; no last day: still.
CREATE VIEW shared_time AS
  SELECT staff_id, client_id, since, until FROM share WHERE since IS NOT NULL
  UNION ALL
  SELECT client.owner_id, client.id, since, until
  FROM client JOIN share ON share.client_id = client.id WHERE since IS NOT NULL
  UNION ALL
  SELECT staff_id, client_id, since, until FROM past_share
  UNION ALL
  SELECT owner_id, client_id, since, until FROM past_share;

-- What was lent, the one place that figures count it from: what somebody claims, with the facility that
-- confirms it, and facilities that nobody claimed, which count for whoever has the client.
CREATE VIEW loan_granted AS
  SELECT outcome.staff_id, outcome.client_id, outcome.logged_on AS granted_on, true AS claimed,
    outcome.amount AS claimed_amount, facility.id IS NOT NULL AS confirmed,
    facility.credit_limit AS confirmed_amount
  FROM outcome LEFT JOIN facility ON facility.claim_id = outcome.id
  WHERE outcome.kind = 'granted' AND outcome.undone_at IS NULL
  UNION ALL
  SELECT client.owner_id, facility.client_id, facility.opened_on, false, NULL, true, facility.credit_limit
  FROM facility JOIN client ON client.id = facility.client_id
  WHERE facility.claim_id IS NULL AND facility.line_id IS NULL AND facility.opened_on IS NOT NULL;

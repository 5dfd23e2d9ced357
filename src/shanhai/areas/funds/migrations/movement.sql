-- The ledger in one line per step of money, as figures count it: what has been done, not what is planned. A view under
-- its reader's own rights, so the walls of the tables hold behind it. A project's field is asked for each line that is
-- shown, not joined, so that it costs nothing where it is not asked for.

CREATE VIEW funds_movement WITH (security_invoker = true) AS
SELECT entry, scope_id, owner_side, 'issue'::text AS step_code, '1:' || key AS key, 'funds.issue'::text AS record_type, key AS record_key,
       issued_on AS moved_on, document_no, source_key, ''::varchar AS project_key, ''::varchar AS field_code,
       from_unit AS from_name, to_unit AS to_name, amount_fen
FROM funds_issue WHERE stage = 'achieved'
UNION ALL
SELECT entry, scope_id, owner_side, 'transfer', '2:' || key, 'funds.release', key, released_on, document_no, source_key, '', '', payer_name, payee_name, amount_fen
FROM funds_release WHERE stage = 'achieved' AND kind_code = 'transfer'
UNION ALL
SELECT entry, scope_id, owner_side, 'receipt', '3:' || key, 'funds.receipt', key, received_on, voucher_no, source_key, '', '', '', '', amount_fen
FROM funds_receipt WHERE stage = 'achieved'
UNION ALL
SELECT entry, scope_id, owner_side, 'allocation', '4:' || key, 'funds.allocation', key, allocated_on, document_no, source_key, project_key, field_code, '', unit_name, amount_fen
FROM funds_allocation WHERE stage = 'achieved'
UNION ALL
SELECT r.entry, r.scope_id, r.owner_side, 'release', '5:' || r.key, 'funds.release', r.key, r.released_on, r.document_no, r.source_key, r.project_key,
       coalesce((SELECT p.field_code FROM projects_project p WHERE p.scope_id = r.scope_id AND p.key = r.project_key), ''), r.payer_name, r.payee_name, r.amount_fen
FROM funds_release r WHERE r.stage = 'achieved' AND r.kind_code = 'project'
UNION ALL
SELECT r.entry, r.scope_id, r.owner_side, 'payment', '6:' || r.key, 'funds.payment', r.key, r.paid_on, r.voucher_no, r.source_key, r.project_key,
       coalesce((SELECT p.field_code FROM projects_project p WHERE p.scope_id = r.scope_id AND p.key = r.project_key), ''), '', r.payee_name, r.amount_fen
FROM funds_payment r WHERE r.stage = 'achieved'
UNION ALL
SELECT r.entry, r.scope_id, r.owner_side, 'refund', '7:' || r.key, 'funds.refund', r.key, r.refunded_on, r.document_no, r.source_key, r.project_key,
       coalesce((SELECT p.field_code FROM projects_project p WHERE p.scope_id = r.scope_id AND p.key = r.project_key), ''), '', '', r.amount_fen
FROM funds_refund r WHERE r.stage = 'achieved'
UNION ALL
SELECT r.entry, r.scope_id, r.owner_side, 'carryover', '8:' || r.key, 'funds.carryover', r.key, r.carried_on, r.document_no, r.source_key, r.project_key,
       coalesce((SELECT p.field_code FROM projects_project p WHERE p.scope_id = r.scope_id AND p.key = r.project_key), ''), r.from_year::varchar, r.to_year::varchar, r.amount_fen
FROM funds_carryover r WHERE r.stage = 'achieved';

CREATE INDEX funds_issue_ledger ON funds_issue (scope_id, issued_on) WHERE stage = 'achieved';
CREATE INDEX funds_transfer_ledger ON funds_release (scope_id, released_on) WHERE stage = 'achieved' AND kind_code = 'transfer';
CREATE INDEX funds_receipt_ledger ON funds_receipt (scope_id, received_on) WHERE stage = 'achieved';
CREATE INDEX funds_allocation_ledger ON funds_allocation (scope_id, allocated_on) WHERE stage = 'achieved';
CREATE INDEX funds_release_ledger ON funds_release (scope_id, released_on) WHERE stage = 'achieved' AND kind_code = 'project';
CREATE INDEX funds_payment_ledger ON funds_payment (scope_id, paid_on) WHERE stage = 'achieved';
CREATE INDEX funds_refund_ledger ON funds_refund (scope_id, refunded_on) WHERE stage = 'achieved';
CREATE INDEX funds_carryover_ledger ON funds_carryover (scope_id, carried_on) WHERE stage = 'achieved';

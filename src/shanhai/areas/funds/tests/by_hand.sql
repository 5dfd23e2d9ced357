-- The figures of this area as a person would write them for DuckDB: the baseline of the benchmark, and a second
-- computation that must give the same values. Money in fen; `… rows` where the rows counted are not the value itself.
SELECT sum(amount_fen) AS "funds.issued", count(*) AS "funds.issued rows"
FROM funds_issue
WHERE stage = 'achieved' AND issued_on <= :end;

SELECT sum(amount_fen) AS "funds.arranged", count(*) AS "funds.arranged rows"
FROM funds_allocation
WHERE stage = 'achieved' AND allocated_on <= :end;

SELECT
  sum(amount_fen) FILTER (WHERE kind_code = 'transfer') AS "funds.transferred",
  count(*) FILTER (WHERE kind_code = 'transfer') AS "funds.transferred rows",
  sum(amount_fen) FILTER (WHERE kind_code = 'project') AS "funds.released",
  count(*) FILTER (WHERE kind_code = 'project') AS "funds.released rows"
FROM funds_release
WHERE stage = 'achieved' AND released_on <= :end;

SELECT sum(amount_fen) AS "funds.received", count(*) AS "funds.received rows"
FROM funds_receipt
WHERE stage = 'achieved' AND received_on <= :end;

SELECT sum(amount_fen) AS "funds.paid_out", count(*) AS "funds.paid_out rows"
FROM funds_payment
WHERE stage = 'achieved' AND paid_on <= :end;

SELECT sum(amount_fen) AS "funds.refunded", count(*) AS "funds.refunded rows"
FROM funds_refund
WHERE stage = 'achieved' AND refunded_on <= :end;

SELECT sum(amount_fen) AS "funds.carried_over", count(*) AS "funds.carried_over rows"
FROM funds_carryover
WHERE stage = 'achieved' AND carried_on <= :end;

SELECT
  sum(a.amount_fen) AS "funds.arranged_over_two_years", count(*) AS "funds.arranged_over_two_years rows"
FROM funds_allocation AS a
SEMI JOIN funds_source AS s
  ON s.scope_id = a.scope_id AND s.key = a.source_key AND s.budget_year <= year(:end) - 3
WHERE a.stage = 'achieved' AND a.allocated_on <= :end;

SELECT sum(p.amount_fen) AS "funds.paid_over_two_years", count(*) AS "funds.paid_over_two_years rows"
FROM funds_payment AS p
SEMI JOIN funds_source AS s
  ON s.scope_id = p.scope_id AND s.key = p.source_key AND s.budget_year <= year(:end) - 3
WHERE p.stage = 'achieved' AND p.paid_on <= :end;

SELECT
  sum(r.amount_fen) AS "funds.refunded_over_two_years", count(*) AS "funds.refunded_over_two_years rows"
FROM funds_refund AS r
SEMI JOIN funds_source AS s
  ON s.scope_id = r.scope_id AND s.key = r.source_key AND s.budget_year <= year(:end) - 3
WHERE r.stage = 'achieved' AND r.refunded_on <= :end;

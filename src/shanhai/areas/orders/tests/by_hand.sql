-- The figures of this area as a person would write them for DuckDB: the baseline of the benchmark, and a second
-- computation that must give the same values. Money in fen; `… rows` where the rows counted are not the value itself.
SELECT
  CASE WHEN min(premium_permyriad) FILTER (WHERE last_on IS NULL OR last_on >= :end) = max(premium_permyriad) FILTER (WHERE last_on IS NULL OR last_on >= :end)
    THEN min(premium_permyriad) FILTER (WHERE last_on IS NULL OR last_on >= :end) END AS "orders.premium_agreed",
  count(*) FILTER (WHERE last_on IS NULL OR last_on >= :end) AS "orders.premium_agreed rows",
  count(*) AS "orders.agreements_signed",
  sum(head_count) AS "orders.heads_agreed", count(*) AS "orders.heads_agreed rows"
FROM orders_purchaseagreement
WHERE signed_on <= :end;

SELECT
  CASE WHEN min(premium_permyriad) FILTER (WHERE bound_code = 'none') = max(premium_permyriad) FILTER (WHERE bound_code = 'none')
    THEN min(premium_permyriad) FILTER (WHERE bound_code = 'none') END AS "orders.premium_settled",
  count(*) FILTER (WHERE bound_code = 'none') AS "orders.premium_settled rows",
  count(*) FILTER (WHERE bound_code <> 'none') AS "orders.bounded_settlements",
  sum(amount_fen) AS "orders.settled", count(*) AS "orders.settled rows"
FROM orders_settlement
WHERE stage = 'achieved' AND settled_on <= :end;

SELECT
  count(DISTINCT (d.scope_id, coalesce(h.canonical_key, d.household_key))) FILTER (WHERE d.household_key <> '')
    AS "orders.households_with_deliveries",
  count(*) FILTER (WHERE d.household_key <> '') AS "orders.households_with_deliveries rows",
  sum(d.head_count) AS "orders.heads_delivered", count(*) AS "orders.heads_delivered rows",
  sum(d.weight_kg2) AS "orders.weight_delivered", count(*) AS "orders.weight_delivered rows"
FROM orders_delivery AS d
LEFT JOIN reference_household AS h
  ON h.scope_id = d.scope_id AND h.key = d.household_key AND h.canonical_key <> ''
WHERE d.stage = 'achieved' AND d.delivered_on <= :end;

SELECT
  sum(g.gain_fen) AS "orders.gain", count(*) AS "orders.gain rows",
  count(DISTINCT (g.scope_id, coalesce(h.canonical_key, g.household_key))) FILTER (WHERE g.household_key <> '')
    AS "orders.households_accounted",
  count(*) FILTER (WHERE g.household_key <> '') AS "orders.households_accounted rows"
FROM orders_householdgain AS g
LEFT JOIN reference_household AS h
  ON h.scope_id = g.scope_id AND h.key = g.household_key AND h.canonical_key <> ''
WHERE g.stage = 'achieved' AND g.accounted_on <= :end;

SELECT
  sum(amount_fen) FILTER (WHERE kind_code = 'bought') AS "orders.sales_bought",
  count(*) FILTER (WHERE kind_code = 'bought') AS "orders.sales_bought rows",
  sum(amount_fen) FILTER (WHERE kind_code = 'helped') AS "orders.sales_helped",
  count(*) FILTER (WHERE kind_code = 'helped') AS "orders.sales_helped rows"
FROM orders_sale
WHERE stage = 'achieved' AND sold_on <= :end;

SELECT sum(amount_fen) AS "orders.sales_signed", count(*) AS "orders.sales_signed rows"
FROM orders_salecontract
WHERE signed_on <= :end;

SELECT count(*) FILTER (WHERE last_on IS NULL OR last_on >= :end) AS "orders.products_recognised"
FROM orders_product
WHERE stage = 'achieved' AND recognised_on <= :end;

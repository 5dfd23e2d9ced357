-- orders.bounded_settlements v1: count, item, flow, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "orders_settlement" AS "t0"
  WHERE
    "t0"."bound_code" <> 'none'
    AND "t0"."settled_on" >= CAST(:start AS DATE)
    AND "t0"."settled_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

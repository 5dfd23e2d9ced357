-- orders.weight_delivered v1: sum, tonne, flow, achieved
SELECT
  SUM("t1"."weight_kg2") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "orders_delivery" AS "t0"
  WHERE
    "t0"."delivered_on" >= CAST(:start AS DATE)
    AND "t0"."delivered_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

-- orders.gain v1: sum, CNY, flow, achieved
SELECT
  SUM("t1"."gain_fen") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "orders_householdgain" AS "t0"
  WHERE
    "t0"."accounted_on" >= CAST(:start AS DATE)
    AND "t0"."accounted_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

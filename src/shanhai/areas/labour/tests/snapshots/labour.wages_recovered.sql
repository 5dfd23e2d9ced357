-- labour.wages_recovered v1: sum, CNY, flow, achieved
SELECT
  SUM("t1"."recovered_fen") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "labour_backpay" AS "t0"
  WHERE
    "t0"."recovered_fen" > 0
    AND "t0"."recovered_on" >= CAST(:start AS DATE)
    AND "t0"."recovered_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

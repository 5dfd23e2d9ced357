-- orders.sales_signed v1: sum, CNY, flow, signed
SELECT
  SUM("t1"."amount_fen") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "orders_salecontract" AS "t0"
  WHERE
    "t0"."signed_on" >= CAST(:start AS DATE)
    AND "t0"."signed_on" <= CAST(:end AS DATE)
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

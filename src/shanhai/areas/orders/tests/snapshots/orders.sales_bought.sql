-- orders.sales_bought v1: sum, CNY, flow, achieved
SELECT
  SUM("t1"."amount_fen") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "orders_sale" AS "t0"
  WHERE
    "t0"."kind_code" = 'bought'
    AND "t0"."sold_on" >= CAST(:start AS DATE)
    AND "t0"."sold_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

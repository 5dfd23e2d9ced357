-- orders.premium_settled v1: common, percent, flow, achieved
SELECT
  CASE
    WHEN MIN("t1"."premium_permyriad") = MAX("t1"."premium_permyriad")
    THEN MIN("t1"."premium_permyriad")
    ELSE NULL
  END AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "orders_settlement" AS "t0"
  WHERE
    "t0"."bound_code" = 'none'
    AND "t0"."settled_on" >= CAST(:start AS DATE)
    AND "t0"."settled_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

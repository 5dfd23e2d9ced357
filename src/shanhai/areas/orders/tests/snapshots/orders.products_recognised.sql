-- orders.products_recognised v1: count, unit, stock, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "orders_product" AS "t0"
  WHERE
    "t0"."recognised_on" <= CAST(:end AS DATE)
    AND (
      (
        "t0"."last_on" IS NULL
      ) OR (
        "t0"."last_on" >= CAST(:end AS DATE)
      )
    )
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

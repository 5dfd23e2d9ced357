-- orders.premium_agreed v1: common, percent, stock, signed
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
  FROM "orders_purchaseagreement" AS "t0"
  WHERE
    "t0"."signed_on" <= CAST(:end AS DATE)
    AND (
      (
        "t0"."last_on" IS NULL
      ) OR (
        "t0"."last_on" >= CAST(:end AS DATE)
      )
    )
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

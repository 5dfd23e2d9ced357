-- orders.heads_agreed v1: sum, head, flow, signed
SELECT
  SUM("t1"."head_count") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "orders_purchaseagreement" AS "t0"
  WHERE
    "t0"."signed_on" >= CAST(:start AS DATE)
    AND "t0"."signed_on" <= CAST(:end AS DATE)
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

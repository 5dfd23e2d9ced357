-- orders.agreements_signed v1: count, agreement, flow, signed
SELECT
  COUNT(*) AS "v0",
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

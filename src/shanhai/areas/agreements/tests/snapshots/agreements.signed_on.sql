-- agreements.signed_on v1: min_date, date, cumulative, signed
SELECT
  MIN("t1"."signed_on") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "agreements_agreement" AS "t0"
  WHERE
    "t0"."kind_code" = 'special'
    AND "t0"."signed_on" <= CAST(:end AS DATE)
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

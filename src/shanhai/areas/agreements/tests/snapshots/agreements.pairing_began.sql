-- agreements.pairing_began v1: min_date, date, cumulative, achieved
SELECT
  MIN("t1"."first_on") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "reference_pairing" AS "t0"
  WHERE
    "t0"."level" <> 'province'
    AND "t0"."first_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

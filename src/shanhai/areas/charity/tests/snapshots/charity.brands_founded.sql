-- charity.brands_founded v1: count, brand, flow, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "charity_brand" AS "t0"
  WHERE
    "t0"."founded_on" >= CAST(:start AS DATE)
    AND "t0"."founded_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

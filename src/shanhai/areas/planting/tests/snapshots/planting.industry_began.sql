-- planting.industry_began v1: min_date, date, cumulative, achieved
SELECT
  MIN("t1"."began_on") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "planting_industry" AS "t0"
  WHERE
    "t0"."began_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

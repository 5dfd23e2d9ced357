-- charity.schools_reached v1: count_distinct, school, flow, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t1"."scope_id" AS BIGINT), CAST("t1"."school_key" AS VARCHAR))
  ) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "charity_distribution" AS "t0"
  WHERE
    "t0"."school_key" <> ''
    AND "t0"."given_on" >= CAST(:start AS DATE)
    AND "t0"."given_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

-- planting.bases_built v1: count_distinct, base, flow, achieved
SELECT
  COUNT(DISTINCT ROW(CAST("t1"."scope_id" AS BIGINT), CAST("t1"."key" AS VARCHAR))) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "planting_base" AS "t0"
  WHERE
    "t0"."started_on" >= CAST(:start AS DATE)
    AND "t0"."started_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."key" <> ''
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

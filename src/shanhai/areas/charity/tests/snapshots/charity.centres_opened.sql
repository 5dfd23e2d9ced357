-- charity.centres_opened v1: count, org, flow, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "charity_centre" AS "t0"
  WHERE
    "t0"."opened_on" >= CAST(:start AS DATE)
    AND "t0"."opened_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

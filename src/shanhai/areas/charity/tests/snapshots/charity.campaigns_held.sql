-- charity.campaigns_held v1: count, session, flow, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "charity_campaign" AS "t0"
  WHERE
    "t0"."first_on" >= CAST(:start AS DATE)
    AND "t0"."first_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

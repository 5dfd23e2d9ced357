-- charity.children_counted v1: largest, person, cumulative, achieved
SELECT
  MAX("t1"."child_count") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "charity_campaign" AS "t0"
  WHERE
    "t0"."child_count" IS NOT NULL
    AND "t0"."first_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

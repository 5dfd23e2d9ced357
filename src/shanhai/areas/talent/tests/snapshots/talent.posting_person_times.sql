-- talent.posting_person_times v1: count, person_time, flow, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "talent_secondment" AS "t0"
  WHERE
    "t0"."arrived_on" IS NOT NULL
    AND "t0"."arrived_on" >= CAST(:start AS DATE)
    AND "t0"."arrived_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

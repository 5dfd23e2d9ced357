-- charity.training_person_times v1: count, person_time, flow, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "charity_trainingattendance" AS "t0"
  WHERE
    "t0"."attended_on" >= CAST(:start AS DATE)
    AND "t0"."attended_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

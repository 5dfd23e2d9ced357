-- labour.vacancies_offered v1: sum, job, flow, capacity
SELECT
  SUM("t1"."opening_count") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "labour_vacancy" AS "t0"
  WHERE
    "t0"."first_on" >= CAST(:start AS DATE)
    AND "t0"."first_on" <= CAST(:end AS DATE)
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

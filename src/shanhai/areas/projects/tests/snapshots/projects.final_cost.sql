-- projects.final_cost v1: sum, CNY, flow, achieved
SELECT
  SUM("t1"."final_fen") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "projects_acceptance" AS "t0"
  WHERE
    "t0"."final_fen" IS NOT NULL
    AND "t0"."result_code" <> 'failed'
    AND "t0"."accepted_on" >= CAST(:start AS DATE)
    AND "t0"."accepted_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

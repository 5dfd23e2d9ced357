-- projects.planned_money v1: sum, CNY, flow, planned
SELECT
  SUM("t1"."planned_fen") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "projects_project" AS "t0"
  WHERE
    "t0"."parent_key" = ''
    AND "t0"."planned_fen" IS NOT NULL
    AND "t0"."proposed_on" >= CAST(:start AS DATE)
    AND "t0"."proposed_on" <= CAST(:end AS DATE)
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

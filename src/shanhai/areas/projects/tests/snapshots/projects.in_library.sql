-- projects.in_library v1: count_distinct, project, flow, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t7"."scope_id" AS BIGINT), CAST("t7"."project_key" AS VARCHAR))
  ) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t4"."id",
      "t4"."key",
      "t4"."scope_id",
      "t4"."scheme",
      "t4"."owner_side",
      "t4"."stage",
      "t4"."entry",
      "t4"."project_key",
      "t4"."step_code",
      "t4"."happened_on"
    FROM (
      SELECT
        *
      FROM "projects_milestone" AS "t0"
      WHERE
        "t0"."step_code" = 'library'
    ) AS "t4"
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT
            *
          FROM "projects_project" AS "t1"
          WHERE
            "t1"."parent_key" = ''
        ) AS "t5"
        WHERE
          "t4"."scope_id" = "t5"."scope_id" AND "t4"."project_key" = "t5"."key"
      )
  ) AS "t6"
  WHERE
    "t6"."happened_on" >= CAST(:start AS DATE)
    AND "t6"."happened_on" <= CAST(:end AS DATE)
    AND "t6"."stage" = 'achieved'
    AND "t6"."project_key" <> ''
    AND "t6"."scope_id" IN (:scopes)
) AS "t7"

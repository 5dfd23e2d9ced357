-- agreements.team_members_on_duty v1: count_distinct, person, stock, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t1"."scope_id" AS BIGINT), CAST("t1"."person_key" AS VARCHAR))
  ) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "agreements_teammember" AS "t0"
  WHERE
    "t0"."first_on" <= CAST(:end AS DATE)
    AND (
      (
        "t0"."last_on" IS NULL
      ) OR (
        "t0"."last_on" >= CAST(:end AS DATE)
      )
    )
    AND "t0"."stage" = 'achieved'
    AND "t0"."person_key" <> ''
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

-- talent.school_leaders v1: count_distinct, person, flow, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t7"."scope_id" AS BIGINT), CAST("t7"."person_key" AS VARCHAR))
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
      COALESCE("t5"."standing_key", "t4"."person_key") AS "person_key",
      "t4"."direction_code",
      "t4"."kind_code",
      "t4"."role_code",
      "t4"."arrived_on",
      "t4"."left_on",
      "t4"."person_key" AS "entered_key"
    FROM (
      SELECT
        *
      FROM "talent_secondment" AS "t0"
      WHERE
        "t0"."kind_code" = 'teacher'
        AND "t0"."direction_code" = 'east_to_west'
        AND "t0"."role_code" IN ('principal', 'vice_principal', 'principal_aide', 'school_office')
        AND "t0"."arrived_on" IS NOT NULL
    ) AS "t4"
    LEFT OUTER JOIN (
      SELECT
        "t1"."scope_id" AS "standing_scope",
        "t1"."key" AS "standing_for",
        "t1"."canonical_key" AS "standing_key"
      FROM "reference_person" AS "t1"
      WHERE
        "t1"."canonical_key" <> ''
    ) AS "t5"
      ON "t4"."scope_id" = "t5"."standing_scope"
      AND "t4"."person_key" = "t5"."standing_for"
  ) AS "t6"
  WHERE
    "t6"."arrived_on" >= CAST(:start AS DATE)
    AND "t6"."arrived_on" <= CAST(:end AS DATE)
    AND "t6"."stage" = 'achieved'
    AND "t6"."person_key" <> ''
    AND "t6"."scope_id" IN (:scopes)
) AS "t7"

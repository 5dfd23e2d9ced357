-- agreements.team_members_on_duty v1: count_distinct, person, stock, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t6"."scope_id" AS BIGINT), CAST("t6"."person_key" AS VARCHAR))
  ) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t2"."id",
      "t2"."key",
      "t2"."scope_id",
      "t2"."scheme",
      "t2"."owner_side",
      "t2"."stage",
      "t2"."entry",
      "t2"."first_on",
      "t2"."last_on",
      COALESCE("t4"."standing_key", "t2"."person_key") AS "person_key",
      "t2"."role_code",
      "t2"."person_key" AS "entered_key"
    FROM "agreements_teammember" AS "t2"
    LEFT OUTER JOIN (
      SELECT
        "t1"."scope_id" AS "standing_scope",
        "t1"."key" AS "standing_for",
        "t1"."canonical_key" AS "standing_key"
      FROM "reference_person" AS "t1"
      WHERE
        "t1"."canonical_key" <> ''
    ) AS "t4"
      ON "t2"."scope_id" = "t4"."standing_scope"
      AND "t2"."person_key" = "t4"."standing_for"
  ) AS "t5"
  WHERE
    "t5"."first_on" <= CAST(:end AS DATE)
    AND (
      (
        "t5"."last_on" IS NULL
      ) OR (
        "t5"."last_on" >= CAST(:end AS DATE)
      )
    )
    AND "t5"."stage" = 'achieved'
    AND "t5"."person_key" <> ''
    AND "t5"."scope_id" IN (:scopes)
) AS "t6"

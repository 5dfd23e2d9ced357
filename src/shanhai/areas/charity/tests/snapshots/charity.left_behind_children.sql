-- charity.left_behind_children v1: count_distinct, person, flow, achieved
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
      "t4"."theme_code",
      "t4"."campaign_key",
      "t4"."school_key",
      COALESCE("t5"."standing_key", "t4"."person_key") AS "person_key",
      "t4"."receiver_code",
      "t4"."given_on",
      "t4"."person_key" AS "entered_key"
    FROM (
      SELECT
        *
      FROM "charity_distribution" AS "t0"
      WHERE
        "t0"."receiver_code" = 'left_behind'
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
    "t6"."given_on" >= CAST(:start AS DATE)
    AND "t6"."given_on" <= CAST(:end AS DATE)
    AND "t6"."stage" = 'achieved'
    AND "t6"."person_key" <> ''
    AND "t6"."scope_id" IN (:scopes)
) AS "t7"

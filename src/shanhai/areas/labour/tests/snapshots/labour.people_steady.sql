-- labour.people_steady v1: count_distinct, person, flow, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t11"."scope_id" AS BIGINT), CAST("t11"."person_key" AS VARCHAR))
  ) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t3"."id",
      "t3"."key",
      "t3"."scope_id",
      "t3"."scheme",
      "t3"."owner_side",
      "t3"."stage",
      "t3"."entry",
      COALESCE("t6"."standing_key", "t3"."person_key") AS "person_key",
      "t3"."class_code",
      "t3"."employer",
      "t3"."started_on",
      "t3"."ended_on",
      "t3"."person_key" AS "entered_key"
    FROM "labour_placement" AS "t3"
    LEFT OUTER JOIN (
      SELECT
        "t1"."scope_id" AS "standing_scope",
        "t1"."key" AS "standing_for",
        "t1"."canonical_key" AS "standing_key"
      FROM "reference_person" AS "t1"
      WHERE
        "t1"."canonical_key" <> ''
    ) AS "t6"
      ON "t3"."scope_id" = "t6"."standing_scope"
      AND "t3"."person_key" = "t6"."standing_for"
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t5"."scope_id",
              "t5"."placement_key",
              COUNT(DISTINCT DATE_TRUNC('MONTH', "t5"."month_on")) AS "months"
            FROM (
              SELECT
                *
              FROM "labour_stayproof" AS "t2"
              WHERE
                "t2"."month_on" <= CAST(:end AS DATE) AND "t2"."stage" = 'achieved'
            ) AS "t5"
            GROUP BY
              1,
              2
          ) AS "t7"
          WHERE
            "t7"."months" >= 3
        ) AS "t9"
        WHERE
          "t3"."scope_id" = "t9"."scope_id" AND "t3"."key" = "t9"."placement_key"
      )
  ) AS "t10"
  WHERE
    "t10"."started_on" >= CAST(:start AS DATE)
    AND "t10"."started_on" <= CAST(:end AS DATE)
    AND "t10"."stage" = 'achieved'
    AND "t10"."person_key" <> ''
    AND "t10"."scope_id" IN (:scopes)
) AS "t11"

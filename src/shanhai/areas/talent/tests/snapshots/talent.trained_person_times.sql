-- talent.trained_person_times v1: count, person_time, flow, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t8"."id",
      "t8"."key",
      "t8"."scope_id",
      "t8"."scheme",
      "t8"."owner_side",
      "t8"."stage",
      "t8"."entry",
      "t8"."course_key",
      "t8"."person_key",
      "t8"."attended_on",
      "t8"."entered_key"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t6"."id",
          "t6"."key",
          "t6"."scope_id",
          "t6"."scheme",
          "t6"."owner_side",
          "t6"."stage",
          "t6"."entry",
          "t6"."course_key",
          "t6"."person_key",
          "t6"."attended_on",
          "t6"."entered_key",
          ROW_NUMBER() OVER (
            PARTITION BY "t6"."scope_id", "t6"."course_key", "t6"."person_key"
            ORDER BY "t6"."attended_on" ASC, "t6"."key" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "place"
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
              "t2"."course_key",
              COALESCE("t4"."standing_key", "t2"."person_key") AS "person_key",
              "t2"."attended_on",
              "t2"."person_key" AS "entered_key"
            FROM "talent_attendance" AS "t2"
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
            "t5"."stage" = 'achieved'
        ) AS "t6"
      ) AS "t7"
      WHERE
        "t7"."place" = 0
    ) AS "t8"
  ) AS "t9"
  WHERE
    "t9"."attended_on" >= CAST(:start AS DATE)
    AND "t9"."attended_on" <= CAST(:end AS DATE)
    AND "t9"."stage" = 'achieved'
    AND "t9"."scope_id" IN (:scopes)
) AS "t10"

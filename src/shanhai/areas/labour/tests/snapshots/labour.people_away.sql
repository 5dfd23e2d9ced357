-- labour.people_away v1: count_distinct, person, stock, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t16"."scope_id" AS BIGINT), CAST("t16"."person_key" AS VARCHAR))
  ) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t14"."id",
      "t14"."key",
      "t14"."scope_id",
      "t14"."scheme",
      "t14"."owner_side",
      "t14"."stage",
      "t14"."entry",
      "t14"."person_key",
      "t14"."group_code",
      "t14"."registered_on",
      "t14"."first_on",
      "t14"."last_on",
      "t14"."entered_key"
    FROM (
      SELECT
        "t12"."id",
        "t12"."key",
        "t12"."scope_id",
        "t12"."scheme",
        "t12"."owner_side",
        "t12"."stage",
        "t12"."entry",
        "t12"."person_key",
        "t12"."group_code",
        "t12"."registered_on",
        "t12"."first_on",
        "t12"."last_on",
        "t12"."entered_key",
        "t12"."held_until"
      FROM (
        SELECT
          "t7"."id",
          "t7"."key",
          "t7"."scope_id",
          "t7"."scheme",
          "t7"."owner_side",
          "t7"."stage",
          "t7"."entry",
          "t7"."person_key",
          "t7"."group_code",
          "t7"."registered_on",
          "t7"."first_on",
          "t7"."last_on",
          "t7"."entered_key",
          COALESCE("t7"."last_on", MAKE_DATE(9999, 12, 31)) AS "held_until"
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
            "t3"."group_code",
            "t3"."registered_on",
            "t3"."first_on",
            "t3"."last_on",
            "t3"."person_key" AS "entered_key"
          FROM "labour_worker" AS "t3"
          LEFT OUTER JOIN (
            SELECT
              "t2"."scope_id" AS "standing_scope",
              "t2"."key" AS "standing_for",
              "t2"."canonical_key" AS "standing_key"
            FROM "reference_person" AS "t2"
            WHERE
              "t2"."canonical_key" <> ''
          ) AS "t6"
            ON "t3"."scope_id" = "t6"."standing_scope"
            AND "t3"."person_key" = "t6"."standing_for"
        ) AS "t7"
      ) AS "t12"
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t8"."scope_id" AS "at",
              "t8"."person_key" AS "who",
              GREATEST(
                "t8"."started_on",
                COALESCE(
                  CAST(:start AS DATE),
                  MAKE_DATE(
                    CAST(EXTRACT(year FROM CAST(:end AS DATE) + INTERVAL '1 DAY') - 1 AS INT),
                    CAST(1 AS INT),
                    CAST(1 AS INT)
                  )
                )
              ) AS "since",
              LEAST(
                COALESCE(
                  "t8"."ended_on",
                  CASE
                    WHEN CAST(:start AS DATE) IS NULL
                    THEN MAKE_DATE(
                      CAST(EXTRACT(year FROM CAST(:end AS DATE) + INTERVAL '1 DAY') - 1 AS INT),
                      CAST(12 AS INT),
                      CAST(31 AS INT)
                    )
                    ELSE CAST(:end AS DATE)
                  END
                ),
                CASE
                  WHEN CAST(:start AS DATE) IS NULL
                  THEN MAKE_DATE(
                    CAST(EXTRACT(year FROM CAST(:end AS DATE) + INTERVAL '1 DAY') - 1 AS INT),
                    CAST(12 AS INT),
                    CAST(31 AS INT)
                  )
                  ELSE CAST(:end AS DATE)
                END
              ) AS "until"
            FROM (
              SELECT
                "t4"."id",
                "t4"."key",
                "t4"."scope_id",
                "t4"."scheme",
                "t4"."owner_side",
                "t4"."stage",
                "t4"."entry",
                COALESCE("t6"."standing_key", "t4"."person_key") AS "person_key",
                "t4"."class_code",
                "t4"."employer",
                "t4"."started_on",
                "t4"."ended_on",
                "t4"."person_key" AS "entered_key"
              FROM "labour_placement" AS "t4"
              LEFT OUTER JOIN (
                SELECT
                  "t2"."scope_id" AS "standing_scope",
                  "t2"."key" AS "standing_for",
                  "t2"."canonical_key" AS "standing_key"
                FROM "reference_person" AS "t2"
                WHERE
                  "t2"."canonical_key" <> ''
              ) AS "t6"
                ON "t4"."scope_id" = "t6"."standing_scope"
                AND "t4"."person_key" = "t6"."standing_for"
            ) AS "t8"
            WHERE
              "t8"."stage" = 'achieved'
              AND "t8"."started_on" <= CASE
                WHEN CAST(:start AS DATE) IS NULL
                THEN MAKE_DATE(
                  CAST(EXTRACT(year FROM CAST(:end AS DATE) + INTERVAL '1 DAY') - 1 AS INT),
                  CAST(12 AS INT),
                  CAST(31 AS INT)
                )
                ELSE CAST(:end AS DATE)
              END
              AND (
                (
                  "t8"."ended_on" IS NULL
                )
                OR (
                  "t8"."ended_on" >= COALESCE(
                    CAST(:start AS DATE),
                    MAKE_DATE(
                      CAST(EXTRACT(year FROM CAST(:end AS DATE) + INTERVAL '1 DAY') - 1 AS INT),
                      CAST(1 AS INT),
                      CAST(1 AS INT)
                    )
                  )
                )
              )
          ) AS "t13"
          WHERE
            "t12"."scope_id" = "t13"."at"
            AND "t12"."person_key" = "t13"."who"
            AND "t12"."first_on" <= "t13"."until"
            AND "t12"."held_until" >= "t13"."since"
        )
    ) AS "t14"
  ) AS "t15"
  WHERE
    "t15"."first_on" <= CAST(:end AS DATE)
    AND "t15"."stage" = 'achieved'
    AND "t15"."person_key" <> ''
    AND "t15"."scope_id" IN (:scopes)
) AS "t16"

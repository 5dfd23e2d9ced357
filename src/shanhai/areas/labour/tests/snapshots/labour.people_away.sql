-- labour.people_away v1: count_distinct, person, stock, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t14"."scope_id" AS BIGINT), CAST("t14"."person_key" AS VARCHAR))
  ) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t10"."id",
      "t10"."key",
      "t10"."scope_id",
      "t10"."scheme",
      "t10"."owner_side",
      "t10"."stage",
      "t10"."entry",
      "t10"."person_key",
      "t10"."group_code",
      "t10"."registered_on",
      "t10"."first_on",
      "t10"."last_on",
      "t10"."entered_key"
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
    ) AS "t10"
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
        ) AS "t12"
        WHERE
          "t10"."scope_id" = "t12"."at"
          AND "t10"."person_key" = "t12"."who"
          AND "t10"."first_on" <= "t12"."until"
          AND (
            (
              "t10"."last_on" IS NULL
            ) OR (
              "t10"."last_on" >= "t12"."since"
            )
          )
      )
  ) AS "t13"
  WHERE
    "t13"."first_on" <= CAST(:end AS DATE)
    AND "t13"."stage" = 'achieved'
    AND "t13"."person_key" <> ''
    AND "t13"."scope_id" IN (:scopes)
) AS "t14"

-- talent.reached_minimum v1: count_distinct, person, cumulative, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t13"."scope_id" AS BIGINT), CAST("t13"."person_key" AS VARCHAR))
  ) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t11"."id",
      "t11"."key",
      "t11"."scope_id",
      "t11"."scheme",
      "t11"."owner_side",
      "t11"."stage",
      "t11"."entry",
      COALESCE("t5"."standing_key", "t11"."person_key") AS "person_key",
      "t11"."direction_code",
      "t11"."kind_code",
      "t11"."role_code",
      "t11"."arrived_on",
      "t11"."left_on",
      "t11"."person_key" AS "entered_key"
    FROM (
      SELECT
        "t9"."id",
        "t9"."key",
        "t9"."scope_id",
        "t9"."scheme",
        "t9"."owner_side",
        "t9"."stage",
        "t9"."entry",
        "t9"."person_key",
        "t9"."direction_code",
        "t9"."kind_code",
        "t9"."role_code",
        "t9"."arrived_on",
        "t9"."left_on"
      FROM (
        SELECT
          "t8"."id",
          "t8"."key",
          "t8"."scope_id",
          "t8"."scheme",
          "t8"."owner_side",
          "t8"."stage",
          "t8"."entry",
          "t8"."person_key",
          "t8"."direction_code",
          "t8"."kind_code",
          "t8"."role_code",
          "t8"."arrived_on",
          "t8"."left_on",
          "t8"."served"
        FROM (
          SELECT
            "t1"."id",
            "t1"."key",
            "t1"."scope_id",
            "t1"."scheme",
            "t1"."owner_side",
            "t1"."stage",
            "t1"."entry",
            "t1"."person_key",
            "t1"."direction_code",
            "t1"."kind_code",
            "t1"."role_code",
            "t1"."arrived_on",
            "t1"."left_on",
            (
              (
                (
                  EXTRACT(year FROM COALESCE(LEAST("t1"."left_on", CAST(:end AS DATE)), CAST(:end AS DATE)) + INTERVAL '1 DAY') * 12
                ) + EXTRACT(month FROM COALESCE(LEAST("t1"."left_on", CAST(:end AS DATE)), CAST(:end AS DATE)) + INTERVAL '1 DAY')
              ) - (
                (
                  EXTRACT(year FROM "t1"."arrived_on") * 12
                ) + EXTRACT(month FROM "t1"."arrived_on")
              )
            ) - CASE
              WHEN EXTRACT(day FROM COALESCE(LEAST("t1"."left_on", CAST(:end AS DATE)), CAST(:end AS DATE)) + INTERVAL '1 DAY') < EXTRACT(day FROM "t1"."arrived_on")
              THEN 1
              ELSE 0
            END AS "served"
          FROM "talent_secondment" AS "t1"
          WHERE
            "t1"."arrived_on" IS NOT NULL
        ) AS "t8"
        WHERE
          EXISTS(
            SELECT
              1
            FROM (
              SELECT
                "t2"."id",
                "t2"."key",
                "t2"."scope_id",
                "t2"."scheme",
                "t2"."owner_side",
                "t2"."stage",
                "t2"."entry",
                "t2"."kind_code",
                "t2"."month_count",
                "t2"."first_on",
                "t2"."last_on",
                COALESCE("t2"."last_on", MAKE_DATE(9999, 12, 31)) AS "held_until"
              FROM "talent_minimumterm" AS "t2"
            ) AS "t6"
            WHERE
              "t8"."scope_id" = "t6"."scope_id"
              AND "t8"."kind_code" = "t6"."kind_code"
              AND "t6"."first_on" <= "t8"."arrived_on"
              AND "t6"."held_until" >= "t8"."arrived_on"
              AND "t8"."served" >= "t6"."month_count"
          )
      ) AS "t9"
    ) AS "t11"
    LEFT OUTER JOIN (
      SELECT
        "t0"."scope_id" AS "standing_scope",
        "t0"."key" AS "standing_for",
        "t0"."canonical_key" AS "standing_key"
      FROM "reference_person" AS "t0"
      WHERE
        "t0"."canonical_key" <> ''
    ) AS "t5"
      ON "t11"."scope_id" = "t5"."standing_scope"
      AND "t11"."person_key" = "t5"."standing_for"
  ) AS "t12"
  WHERE
    "t12"."arrived_on" <= CAST(:end AS DATE)
    AND "t12"."stage" = 'achieved'
    AND "t12"."person_key" <> ''
    AND "t12"."scope_id" IN (:scopes)
) AS "t13"

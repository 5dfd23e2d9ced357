-- talent.reached_minimum v1: count_distinct, person, cumulative, achieved
SELECT
  COUNT(
    DISTINCT ROW(CAST("t9"."scope_id" AS BIGINT), CAST("t9"."person_key" AS VARCHAR))
  ) AS "v0",
  COUNT(*) AS "r0"
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
      COALESCE("t7"."standing_key", "t6"."person_key") AS "person_key",
      "t6"."direction_code",
      "t6"."kind_code",
      "t6"."role_code",
      "t6"."arrived_on",
      "t6"."left_on",
      "t6"."person_key" AS "entered_key"
    FROM (
      SELECT
        *
      FROM "talent_secondment" AS "t0"
      WHERE
        "t0"."arrived_on" IS NOT NULL
    ) AS "t6"
    LEFT OUTER JOIN (
      SELECT
        "t2"."scope_id" AS "standing_scope",
        "t2"."key" AS "standing_for",
        "t2"."canonical_key" AS "standing_key"
      FROM "reference_person" AS "t2"
      WHERE
        "t2"."canonical_key" <> ''
    ) AS "t7"
      ON "t6"."scope_id" = "t7"."standing_scope"
      AND "t6"."person_key" = "t7"."standing_for"
    WHERE
      EXISTS(
        SELECT
          1
        FROM "talent_minimumterm" AS "t3"
        WHERE
          "t6"."scope_id" = "t3"."scope_id"
          AND "t6"."kind_code" = "t3"."kind_code"
          AND "t3"."first_on" <= "t6"."arrived_on"
          AND COALESCE("t3"."last_on", "t6"."arrived_on") >= "t6"."arrived_on"
          AND (
            (
              (
                (
                  EXTRACT(year FROM COALESCE(LEAST("t6"."left_on", CAST(:end AS DATE)), CAST(:end AS DATE)) + INTERVAL '1 DAY') * 12
                ) + EXTRACT(month FROM COALESCE(LEAST("t6"."left_on", CAST(:end AS DATE)), CAST(:end AS DATE)) + INTERVAL '1 DAY')
              ) - (
                (
                  EXTRACT(year FROM "t6"."arrived_on") * 12
                ) + EXTRACT(month FROM "t6"."arrived_on")
              )
            ) - CASE
              WHEN EXTRACT(day FROM COALESCE(LEAST("t6"."left_on", CAST(:end AS DATE)), CAST(:end AS DATE)) + INTERVAL '1 DAY') < EXTRACT(day FROM "t6"."arrived_on")
              THEN 1
              ELSE 0
            END
          ) >= "t3"."month_count"
      )
  ) AS "t8"
  WHERE
    "t8"."arrived_on" <= CAST(:end AS DATE)
    AND "t8"."stage" = 'achieved'
    AND "t8"."person_key" <> ''
    AND "t8"."scope_id" IN (:scopes)
) AS "t9"

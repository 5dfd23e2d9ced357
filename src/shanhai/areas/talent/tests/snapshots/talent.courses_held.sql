-- talent.courses_held v1: count, session, flow, achieved
SELECT
  COUNT(*) AS "v0",
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
      "t3"."course_key",
      "t3"."person_key",
      "t3"."attended_on"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t1"."id",
          "t1"."key",
          "t1"."scope_id",
          "t1"."scheme",
          "t1"."owner_side",
          "t1"."stage",
          "t1"."entry",
          "t1"."course_key",
          "t1"."person_key",
          "t1"."attended_on",
          ROW_NUMBER() OVER (
            PARTITION BY "t1"."scope_id", "t1"."course_key"
            ORDER BY "t1"."attended_on" ASC, "t1"."key" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "place"
        FROM (
          SELECT
            *
          FROM "talent_attendance" AS "t0"
          WHERE
            "t0"."stage" = 'achieved'
        ) AS "t1"
      ) AS "t2"
      WHERE
        "t2"."place" = 0
    ) AS "t3"
  ) AS "t4"
  WHERE
    "t4"."attended_on" >= CAST(:start AS DATE)
    AND "t4"."attended_on" <= CAST(:end AS DATE)
    AND "t4"."stage" = 'achieved'
    AND "t4"."scope_id" IN (:scopes)
) AS "t5"

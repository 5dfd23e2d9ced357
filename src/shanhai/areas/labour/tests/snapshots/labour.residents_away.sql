-- labour.residents_away v1: balance, person, stock, achieved
WITH "t1" AS (
  SELECT
    *
  FROM "labour_publishedstatistic" AS "t0"
  WHERE
    "t0"."measure_code" = 'residents_away'
    AND "t0"."stage" = 'achieved'
    AND "t0"."counted_on" <= CAST(:end AS DATE)
    AND (
      (
        CAST(:start AS DATE) IS NULL
      )
      OR (
        "t0"."counted_on" >= CAST(:start AS DATE)
      )
    )
)
SELECT
  SUM("t10"."person_count") AS "v0",
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
      "t3"."measure_code",
      "t3"."person_count",
      "t3"."counted_on"
    FROM "t1" AS "t3"
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT
            "t2"."scope_id",
            MAX("t2"."counted_on") AS "newest_on"
          FROM "t1" AS "t2"
          GROUP BY
            1
        ) AS "t5"
        WHERE
          "t3"."scope_id" = "t5"."scope_id" AND "t3"."counted_on" = "t5"."newest_on"
      )
      AND EXISTS(
        SELECT
          1
        FROM (
          SELECT
            "t6"."scope_id",
            MAX("t6"."entry") AS "last_entry"
          FROM (
            SELECT
              "t3"."id",
              "t3"."key",
              "t3"."scope_id",
              "t3"."scheme",
              "t3"."owner_side",
              "t3"."stage",
              "t3"."entry",
              "t3"."measure_code",
              "t3"."person_count",
              "t3"."counted_on"
            FROM "t1" AS "t3"
            WHERE
              EXISTS(
                SELECT
                  1
                FROM (
                  SELECT
                    "t2"."scope_id",
                    MAX("t2"."counted_on") AS "newest_on"
                  FROM "t1" AS "t2"
                  GROUP BY
                    1
                ) AS "t5"
                WHERE
                  "t3"."scope_id" = "t5"."scope_id" AND "t3"."counted_on" = "t5"."newest_on"
              )
          ) AS "t6"
          GROUP BY
            1
        ) AS "t8"
        WHERE
          "t3"."scope_id" = "t8"."scope_id" AND "t3"."entry" = "t8"."last_entry"
      )
  ) AS "t9"
  WHERE
    "t9"."counted_on" <= CAST(:end AS DATE)
    AND "t9"."stage" = 'achieved'
    AND "t9"."scope_id" IN (:scopes)
) AS "t10"

-- labour.placements_steady v1: count, person_time, flow, achieved
SELECT
  COUNT(*) AS "v0",
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
      "t2"."person_key",
      "t2"."class_code",
      "t2"."employer",
      "t2"."started_on",
      "t2"."ended_on"
    FROM "labour_placement" AS "t2"
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t3"."scope_id",
              "t3"."placement_key",
              COUNT(DISTINCT DATE_TRUNC('MONTH', "t3"."month_on")) AS "months"
            FROM (
              SELECT
                *
              FROM "labour_stayproof" AS "t1"
              WHERE
                "t1"."month_on" <= CAST(:end AS DATE) AND "t1"."stage" = 'achieved'
            ) AS "t3"
            GROUP BY
              1,
              2
          ) AS "t4"
          WHERE
            "t4"."months" >= 3
        ) AS "t6"
        WHERE
          "t2"."scope_id" = "t6"."scope_id" AND "t2"."key" = "t6"."placement_key"
      )
  ) AS "t7"
  WHERE
    "t7"."started_on" >= CAST(:start AS DATE)
    AND "t7"."started_on" <= CAST(:end AS DATE)
    AND "t7"."stage" = 'achieved'
    AND "t7"."scope_id" IN (:scopes)
) AS "t8"

-- honours.reviews_due v1: count, item, stock, achieved
SELECT
  COUNT(*) AS "v0",
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
      "t6"."level_code",
      "t6"."kind_code",
      "t6"."site_key",
      "t6"."origin_key",
      "t6"."region_code",
      "t6"."town",
      "t6"."village",
      "t6"."awarded_on",
      "t6"."awarded_on_precision",
      CASE WHEN "t7"."said" IS NULL THEN "t6"."expires_on" ELSE "t7"."said_until" END AS "expires_on",
      "t7"."said"
    FROM (
      SELECT
        "t0"."id",
        "t0"."key",
        "t0"."scope_id",
        "t0"."scheme",
        "t0"."owner_side",
        "t0"."stage",
        "t0"."entry",
        "t0"."level_code",
        "t0"."kind_code",
        "t0"."site_key",
        "t0"."origin_key",
        "t0"."region_code",
        "t0"."town",
        "t0"."village",
        CASE
          WHEN "t0"."awarded_on_precision" = 'year'
          THEN MAKE_DATE(CAST(EXTRACT(year FROM "t0"."awarded_on") AS INT), CAST(12 AS INT), CAST(31 AS INT))
          WHEN "t0"."awarded_on_precision" = 'month'
          THEN MAKE_DATE(
            CAST(EXTRACT(year FROM "t0"."awarded_on") AS INT),
            CAST(EXTRACT(month FROM "t0"."awarded_on") AS INT),
            CAST(CASE
              WHEN EXTRACT(month FROM "t0"."awarded_on") = 2
              THEN CASE
                WHEN (
                  (
                    EXTRACT(year FROM "t0"."awarded_on") % 4
                  ) = 0
                )
                AND (
                  (
                    (
                      EXTRACT(year FROM "t0"."awarded_on") % 100
                    ) <> 0
                  )
                  OR (
                    (
                      EXTRACT(year FROM "t0"."awarded_on") % 400
                    ) = 0
                  )
                )
                THEN 29
                ELSE 28
              END
              WHEN EXTRACT(month FROM "t0"."awarded_on") IN (4, 6, 9, 11)
              THEN 30
              ELSE 31
            END AS INT)
          )
          ELSE "t0"."awarded_on"
        END AS "awarded_on",
        "t0"."awarded_on_precision",
        "t0"."expires_on"
      FROM "honours_honour" AS "t0"
    ) AS "t6"
    LEFT OUTER JOIN (
      SELECT
        "t3"."scope_id" AS "said_scope",
        "t3"."honour_key" AS "said_of",
        "t3"."result_code" AS "said",
        "t3"."expires_on" AS "said_until"
      FROM (
        SELECT
          "t2"."id",
          "t2"."key",
          "t2"."scope_id",
          "t2"."scheme",
          "t2"."owner_side",
          "t2"."stage",
          "t2"."entry",
          "t2"."honour_key",
          "t2"."result_code",
          "t2"."reviewed_on",
          "t2"."expires_on",
          ROW_NUMBER() OVER (
            PARTITION BY "t2"."scope_id", "t2"."honour_key"
            ORDER BY "t2"."reviewed_on" DESC NULLS LAST, "t2"."entry" DESC NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "place"
        FROM (
          SELECT
            *
          FROM "honours_honourreview" AS "t1"
          WHERE
            "t1"."stage" = 'achieved' AND "t1"."reviewed_on" <= CAST(:end AS DATE)
        ) AS "t2"
      ) AS "t3"
      WHERE
        "t3"."place" = 0
    ) AS "t7"
      ON "t6"."scope_id" = "t7"."said_scope" AND "t6"."key" = "t7"."said_of"
  ) AS "t8"
  WHERE
    "t8"."stage" = 'achieved'
    AND "t8"."awarded_on" <= CAST(:end AS DATE)
    AND COALESCE("t8"."said", '') <> 'withdrawn'
    AND EXTRACT(year FROM "t8"."expires_on") <= EXTRACT(year FROM CAST(:end AS DATE))
    AND "t8"."scope_id" IN (:scopes)
) AS "t9"

-- honours.villages_covered v1: count_distinct, village, stock, achieved
SELECT
  COUNT(DISTINCT "t15"."village") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t13"."id",
      "t13"."key",
      "t13"."scope_id",
      "t13"."scheme",
      "t13"."owner_side",
      "t13"."stage",
      "t13"."entry",
      "t13"."level_code",
      "t13"."kind_code",
      "t13"."site_key",
      "t13"."origin_key",
      COALESCE("t4"."at_region", "t13"."region_code") AS "region_code",
      CASE
        WHEN COALESCE("t4"."at_town", "t13"."town") = ''
        THEN ''
        ELSE COALESCE("t4"."at_region", "t13"."region_code") || ' ' || COALESCE("t4"."at_town", "t13"."town")
      END AS "town",
      CASE
        WHEN COALESCE("t4"."at_village", "t13"."village") = ''
        THEN ''
        ELSE COALESCE("t4"."at_region", "t13"."region_code") || ' ' || COALESCE("t4"."at_town", "t13"."town") || ' ' || COALESCE("t4"."at_village", "t13"."village")
      END AS "village",
      "t13"."awarded_on",
      "t13"."awarded_on_precision",
      "t13"."expires_on",
      "t13"."said"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t9"."id",
          "t9"."key",
          "t9"."scope_id",
          "t9"."scheme",
          "t9"."owner_side",
          "t9"."stage",
          "t9"."entry",
          "t9"."level_code",
          "t9"."kind_code",
          "t9"."site_key",
          "t9"."origin_key",
          "t9"."region_code",
          "t9"."town",
          "t9"."village",
          "t9"."awarded_on",
          "t9"."awarded_on_precision",
          CASE WHEN "t10"."said" IS NULL THEN "t9"."expires_on" ELSE "t10"."said_until" END AS "expires_on",
          "t10"."said"
        FROM (
          SELECT
            "t1"."id",
            "t1"."key",
            "t1"."scope_id",
            "t1"."scheme",
            "t1"."owner_side",
            "t1"."stage",
            "t1"."entry",
            "t1"."level_code",
            "t1"."kind_code",
            "t1"."site_key",
            "t1"."origin_key",
            "t1"."region_code",
            "t1"."town",
            "t1"."village",
            CASE
              WHEN "t1"."awarded_on_precision" = 'year'
              THEN MAKE_DATE(CAST(EXTRACT(year FROM "t1"."awarded_on") AS INT), CAST(12 AS INT), CAST(31 AS INT))
              WHEN "t1"."awarded_on_precision" = 'month'
              THEN MAKE_DATE(
                CAST(EXTRACT(year FROM "t1"."awarded_on") AS INT),
                CAST(EXTRACT(month FROM "t1"."awarded_on") AS INT),
                CAST(CASE
                  WHEN EXTRACT(month FROM "t1"."awarded_on") = 2
                  THEN CASE
                    WHEN (
                      (
                        EXTRACT(year FROM "t1"."awarded_on") % 4
                      ) = 0
                    )
                    AND (
                      (
                        (
                          EXTRACT(year FROM "t1"."awarded_on") % 100
                        ) <> 0
                      )
                      OR (
                        (
                          EXTRACT(year FROM "t1"."awarded_on") % 400
                        ) = 0
                      )
                    )
                    THEN 29
                    ELSE 28
                  END
                  WHEN EXTRACT(month FROM "t1"."awarded_on") IN (4, 6, 9, 11)
                  THEN 30
                  ELSE 31
                END AS INT)
              )
              ELSE "t1"."awarded_on"
            END AS "awarded_on",
            "t1"."awarded_on_precision",
            "t1"."expires_on"
          FROM "honours_honour" AS "t1"
        ) AS "t9"
        LEFT OUTER JOIN (
          SELECT
            "t6"."scope_id" AS "said_scope",
            "t6"."honour_key" AS "said_of",
            "t6"."result_code" AS "said",
            "t6"."expires_on" AS "said_until"
          FROM (
            SELECT
              "t5"."id",
              "t5"."key",
              "t5"."scope_id",
              "t5"."scheme",
              "t5"."owner_side",
              "t5"."stage",
              "t5"."entry",
              "t5"."honour_key",
              "t5"."result_code",
              "t5"."reviewed_on",
              "t5"."expires_on",
              ROW_NUMBER() OVER (
                PARTITION BY "t5"."scope_id", "t5"."honour_key"
                ORDER BY "t5"."reviewed_on" DESC NULLS LAST, "t5"."entry" DESC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                *
              FROM "honours_honourreview" AS "t2"
              WHERE
                "t2"."stage" = 'achieved' AND "t2"."reviewed_on" <= CAST(:end AS DATE)
            ) AS "t5"
          ) AS "t6"
          WHERE
            "t6"."place" = 0
        ) AS "t10"
          ON "t9"."scope_id" = "t10"."said_scope" AND "t9"."key" = "t10"."said_of"
      ) AS "t11"
      WHERE
        "t11"."stage" = 'achieved'
        AND "t11"."awarded_on" <= CAST(:end AS DATE)
        AND COALESCE("t11"."said", '') <> 'withdrawn'
        AND (
          (
            "t11"."expires_on" IS NULL
          )
          OR (
            "t11"."expires_on" >= CAST(:end AS DATE)
          )
        )
        AND (
          (
            "t11"."site_key" <> ''
          ) OR (
            "t11"."kind_code" = 'village'
          )
        )
    ) AS "t13"
    LEFT OUTER JOIN (
      SELECT
        "t0"."scope_id" AS "at_scope",
        "t0"."key" AS "at_site",
        "t0"."region_code" AS "at_region",
        "t0"."town" AS "at_town",
        "t0"."village" AS "at_village"
      FROM "honours_site" AS "t0"
    ) AS "t4"
      ON "t13"."scope_id" = "t4"."at_scope" AND "t13"."site_key" = "t4"."at_site"
  ) AS "t14"
  WHERE
    "t14"."awarded_on" <= CAST(:end AS DATE)
    AND "t14"."stage" = 'achieved'
    AND "t14"."village" <> ''
    AND "t14"."scope_id" IN (:scopes)
) AS "t15"

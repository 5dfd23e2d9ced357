-- honours.villages_named v1: count_distinct, village, flow, achieved
SELECT
  COUNT(DISTINCT "t10"."village") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    "t9"."id",
    "t9"."key",
    "t9"."scope_id",
    "t9"."scheme",
    "t9"."owner_side",
    "t9"."stage",
    "t9"."entry",
    CASE
      WHEN "t9"."height" = 0
      THEN 'county'
      WHEN "t9"."height" = 1
      THEN 'prefecture'
      WHEN "t9"."height" = 2
      THEN 'provincial'
      WHEN "t9"."height" = 3
      THEN 'national'
      ELSE ''
    END AS "level_code",
    "t9"."kind_code",
    "t9"."site_key",
    "t9"."origin_key",
    "t9"."region_code",
    "t9"."town",
    "t9"."village",
    "t9"."awarded_on",
    "t9"."awarded_on_precision",
    "t9"."expires_on",
    "t9"."height"
  FROM (
    SELECT
      "t8"."id",
      "t8"."key",
      "t8"."scope_id",
      "t8"."scheme",
      "t8"."owner_side",
      "t8"."stage",
      "t8"."entry",
      "t8"."level_code",
      "t8"."kind_code",
      "t8"."site_key",
      "t8"."origin_key",
      "t8"."region_code",
      "t8"."town",
      "t8"."village",
      "t8"."awarded_on",
      "t8"."awarded_on_precision",
      "t8"."expires_on",
      MAX("t8"."height") OVER (
        PARTITION BY "t8"."scope_id", "t8"."village"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "height"
    FROM (
      SELECT
        "t7"."id",
        "t7"."key",
        "t7"."scope_id",
        "t7"."scheme",
        "t7"."owner_side",
        "t7"."stage",
        "t7"."entry",
        "t7"."level_code",
        "t7"."kind_code",
        "t7"."site_key",
        "t7"."origin_key",
        "t7"."region_code",
        "t7"."town",
        "t7"."village",
        "t7"."awarded_on",
        "t7"."awarded_on_precision",
        "t7"."expires_on",
        CASE
          WHEN "t7"."level_code" = 'county'
          THEN 0
          WHEN "t7"."level_code" = 'prefecture'
          THEN 1
          WHEN "t7"."level_code" = 'provincial'
          THEN 2
          WHEN "t7"."level_code" = 'national'
          THEN 3
          ELSE -1
        END AS "height"
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
          COALESCE("t3"."at_region", "t6"."region_code") AS "region_code",
          CASE
            WHEN COALESCE("t3"."at_town", "t6"."town") = ''
            THEN ''
            ELSE COALESCE("t3"."at_region", "t6"."region_code") || ' ' || COALESCE("t3"."at_town", "t6"."town")
          END AS "town",
          CASE
            WHEN COALESCE("t3"."at_village", "t6"."village") = ''
            THEN ''
            ELSE COALESCE("t3"."at_region", "t6"."region_code") || ' ' || COALESCE("t3"."at_town", "t6"."town") || ' ' || COALESCE("t3"."at_village", "t6"."village")
          END AS "village",
          "t6"."awarded_on",
          "t6"."awarded_on_precision",
          "t6"."expires_on"
        FROM (
          SELECT
            *
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
          ) AS "t4"
          WHERE
            "t4"."stage" = 'achieved'
            AND "t4"."awarded_on" <= CAST(:end AS DATE)
            AND (
              (
                CAST(:start AS DATE) IS NULL
              )
              OR (
                "t4"."awarded_on" >= CAST(:start AS DATE)
              )
            )
            AND "t4"."kind_code" = 'village'
        ) AS "t6"
        LEFT OUTER JOIN (
          SELECT
            "t1"."scope_id" AS "at_scope",
            "t1"."key" AS "at_site",
            "t1"."region_code" AS "at_region",
            "t1"."town" AS "at_town",
            "t1"."village" AS "at_village"
          FROM "honours_site" AS "t1"
        ) AS "t3"
          ON "t6"."scope_id" = "t3"."at_scope" AND "t6"."site_key" = "t3"."at_site"
      ) AS "t7"
    ) AS "t8"
  ) AS "t9"
  WHERE
    "t9"."awarded_on" >= CAST(:start AS DATE)
    AND "t9"."awarded_on" <= CAST(:end AS DATE)
    AND "t9"."stage" = 'achieved'
    AND "t9"."village" <> ''
    AND "t9"."scope_id" IN (:scopes)
) AS "t10"

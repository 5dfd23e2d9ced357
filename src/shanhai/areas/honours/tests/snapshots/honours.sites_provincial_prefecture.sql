-- honours.sites_provincial_prefecture v1: count_distinct, site, flow, achieved
SELECT
  COUNT(DISTINCT ROW(CAST("t4"."scope_id" AS BIGINT), CAST("t4"."site_key" AS VARCHAR))) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    "t3"."id",
    "t3"."key",
    "t3"."scope_id",
    "t3"."scheme",
    "t3"."owner_side",
    "t3"."stage",
    "t3"."entry",
    CASE
      WHEN "t3"."height" = 0
      THEN 'county'
      WHEN "t3"."height" = 1
      THEN 'prefecture'
      WHEN "t3"."height" = 2
      THEN 'provincial'
      WHEN "t3"."height" = 3
      THEN 'national'
      ELSE ''
    END AS "level_code",
    "t3"."kind_code",
    "t3"."site_key",
    "t3"."origin_key",
    "t3"."region_code",
    "t3"."town",
    "t3"."village",
    "t3"."awarded_on",
    "t3"."awarded_on_precision",
    "t3"."expires_on",
    "t3"."height"
  FROM (
    SELECT
      "t2"."id",
      "t2"."key",
      "t2"."scope_id",
      "t2"."scheme",
      "t2"."owner_side",
      "t2"."stage",
      "t2"."entry",
      "t2"."level_code",
      "t2"."kind_code",
      "t2"."site_key",
      "t2"."origin_key",
      "t2"."region_code",
      "t2"."town",
      "t2"."village",
      "t2"."awarded_on",
      "t2"."awarded_on_precision",
      "t2"."expires_on",
      MAX("t2"."height") OVER (
        PARTITION BY "t2"."scope_id", "t2"."site_key"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "height"
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
        "t1"."awarded_on",
        "t1"."awarded_on_precision",
        "t1"."expires_on",
        CASE
          WHEN "t1"."level_code" = 'county'
          THEN 0
          WHEN "t1"."level_code" = 'prefecture'
          THEN 1
          WHEN "t1"."level_code" = 'provincial'
          THEN 2
          WHEN "t1"."level_code" = 'national'
          THEN 3
          ELSE -1
        END AS "height"
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
      ) AS "t1"
      WHERE
        "t1"."stage" = 'achieved'
        AND "t1"."awarded_on" <= CAST(:end AS DATE)
        AND (
          (
            CAST(:start AS DATE) IS NULL
          )
          OR (
            "t1"."awarded_on" >= CAST(:start AS DATE)
          )
        )
        AND "t1"."site_key" <> ''
    ) AS "t2"
  ) AS "t3"
  WHERE
    CASE
      WHEN "t3"."height" = 0
      THEN 'county'
      WHEN "t3"."height" = 1
      THEN 'prefecture'
      WHEN "t3"."height" = 2
      THEN 'provincial'
      WHEN "t3"."height" = 3
      THEN 'national'
      ELSE ''
    END IN ('provincial', 'prefecture')
    AND "t3"."awarded_on" >= CAST(:start AS DATE)
    AND "t3"."awarded_on" <= CAST(:end AS DATE)
    AND "t3"."stage" = 'achieved'
    AND "t3"."site_key" <> ''
    AND "t3"."scope_id" IN (:scopes)
) AS "t4"

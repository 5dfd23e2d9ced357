-- honours.awarded v1: count, item, flow, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
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
  ) AS "t1"
  WHERE
    "t1"."awarded_on" >= CAST(:start AS DATE)
    AND "t1"."awarded_on" <= CAST(:end AS DATE)
    AND "t1"."stage" = 'achieved'
    AND "t1"."scope_id" IN (:scopes)
) AS "t2"

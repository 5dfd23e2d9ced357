-- charity.campaign_years v1: count_distinct, year, cumulative, achieved
SELECT
  COUNT(DISTINCT "t3"."campaign_year") AS "v0",
  COUNT(*) AS "r0"
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
      "t1"."theme_code",
      "t1"."campaign_year",
      "t1"."first_on",
      "t1"."child_count",
      MAX("t1"."campaign_year") OVER (
        PARTITION BY "t1"."scope_id", "t1"."theme_code"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - "t1"."campaign_year" AS "years_back",
      DENSE_RANK() OVER (
        PARTITION BY "t1"."scope_id", "t1"."theme_code"
        ORDER BY "t1"."campaign_year" DESC NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "years_held_since"
    FROM (
      SELECT
        *
      FROM "charity_campaign" AS "t0"
      WHERE
        "t0"."stage" = 'achieved' AND "t0"."first_on" <= CAST(:end AS DATE)
    ) AS "t1"
  ) AS "t2"
  WHERE
    "t2"."years_back" = "t2"."years_held_since"
    AND "t2"."first_on" <= CAST(:end AS DATE)
    AND "t2"."stage" = 'achieved'
    AND "t2"."scope_id" IN (:scopes)
) AS "t3"

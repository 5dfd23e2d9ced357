-- funds.refunded_over_two_years v1: balance, CNY, stock, achieved
SELECT
  SUM("t6"."amount_fen") AS "v0",
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
      "t2"."source_key",
      "t2"."project_key",
      "t2"."amount_fen",
      "t2"."refunded_on"
    FROM "funds_refund" AS "t2"
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT
            *
          FROM "funds_source" AS "t1"
          WHERE
            "t1"."budget_year" <= (
              (
                COALESCE(EXTRACT(year FROM CAST(:end AS DATE)), 9999) - 2
              ) - 1
            )
        ) AS "t4"
        WHERE
          "t2"."scope_id" = "t4"."scope_id" AND "t2"."source_key" = "t4"."key"
      )
  ) AS "t5"
  WHERE
    "t5"."refunded_on" <= CAST(:end AS DATE)
    AND "t5"."stage" = 'achieved'
    AND "t5"."scope_id" IN (:scopes)
) AS "t6"

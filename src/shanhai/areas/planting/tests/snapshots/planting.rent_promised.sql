-- planting.rent_promised v1: balance, CNY, stock, signed
SELECT
  SUM("t1"."yearly_fen") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "planting_landlease" AS "t0"
  WHERE
    "t0"."first_on" <= CAST(:end AS DATE)
    AND (
      (
        "t0"."last_on" IS NULL
      ) OR (
        "t0"."last_on" >= CAST(:end AS DATE)
      )
    )
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

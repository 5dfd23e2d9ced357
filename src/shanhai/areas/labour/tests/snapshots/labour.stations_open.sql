-- labour.stations_open v1: count, station, stock, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "labour_station" AS "t0"
  WHERE
    "t0"."opened_on" <= CAST(:end AS DATE)
    AND (
      (
        "t0"."closed_on" IS NULL
      ) OR (
        "t0"."closed_on" >= CAST(:end AS DATE)
      )
    )
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

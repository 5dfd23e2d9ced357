-- talent.officials_paired v1: count, pair, flow, achieved
SELECT
  COUNT(*) AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM "talent_pairedofficials" AS "t0"
  WHERE
    "t0"."first_on" >= CAST(:start AS DATE)
    AND "t0"."first_on" <= CAST(:end AS DATE)
    AND "t0"."stage" = 'achieved'
    AND "t0"."scope_id" IN (:scopes)
) AS "t1"

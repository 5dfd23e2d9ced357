-- planting.base_area v1: balance, mu, stock, achieved
SELECT
  SUM("t8"."area_mu2") AS "v0",
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
      "t2"."base_key",
      "t2"."crop_code",
      "t2"."area_mu2",
      "t2"."built_on",
      "t2"."former_key"
    FROM "planting_parcel" AS "t2"
    WHERE
      NOT EXISTS(
        SELECT
          1
        FROM (
          SELECT
            "t0"."scope_id" AS "taken_scope",
            "t0"."former_key" AS "taken_key"
          FROM "planting_parcel" AS "t0"
          WHERE
            "t0"."former_key" <> '' AND "t0"."built_on" <= CAST(:end AS DATE)
        ) AS "t5"
        WHERE
          "t2"."scope_id" = "t5"."taken_scope" AND "t2"."key" = "t5"."taken_key"
      )
      AND EXISTS(
        SELECT
          1
        FROM (
          SELECT
            *
          FROM "planting_base" AS "t1"
          WHERE
            "t1"."started_on" <= CAST(:end AS DATE)
        ) AS "t6"
        WHERE
          "t2"."scope_id" = "t6"."scope_id" AND "t2"."base_key" = "t6"."key"
      )
  ) AS "t7"
  WHERE
    "t7"."built_on" <= CAST(:end AS DATE)
    AND "t7"."stage" = 'achieved'
    AND "t7"."scope_id" IN (:scopes)
) AS "t8"

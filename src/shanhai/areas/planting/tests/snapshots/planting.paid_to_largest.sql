-- planting.paid_to_largest v1: sum, CNY, flow, achieved
SELECT
  SUM("t9"."amount_fen") AS "v0",
  COUNT(*) AS "r0"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t7"."id",
      "t7"."key",
      "t7"."scope_id",
      "t7"."scheme",
      "t7"."owner_side",
      "t7"."stage",
      "t7"."entry",
      "t7"."base_key",
      "t7"."household_key",
      "t7"."person_key",
      "t7"."channel_code",
      "t7"."amount_fen",
      "t7"."paid_on",
      "t7"."entered_key",
      "t7"."got_fen",
      DENSE_RANK() OVER (
        PARTITION BY "t7"."scope_id"
        ORDER BY "t7"."got_fen" DESC NULLS LAST, "t7"."household_key" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "place"
    FROM (
      SELECT
        "t6"."id",
        "t6"."key",
        "t6"."scope_id",
        "t6"."scheme",
        "t6"."owner_side",
        "t6"."stage",
        "t6"."entry",
        "t6"."base_key",
        "t6"."household_key",
        "t6"."person_key",
        "t6"."channel_code",
        "t6"."amount_fen",
        "t6"."paid_on",
        "t6"."entered_key",
        SUM("t6"."amount_fen") OVER (
          PARTITION BY "t6"."scope_id", "t6"."household_key"
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "got_fen"
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
            COALESCE("t4"."standing_key", "t2"."household_key") AS "household_key",
            "t2"."person_key",
            "t2"."channel_code",
            "t2"."amount_fen",
            "t2"."paid_on",
            "t2"."household_key" AS "entered_key"
          FROM "planting_benefitpayment" AS "t2"
          LEFT OUTER JOIN (
            SELECT
              "t1"."scope_id" AS "standing_scope",
              "t1"."key" AS "standing_for",
              "t1"."canonical_key" AS "standing_key"
            FROM "reference_household" AS "t1"
            WHERE
              "t1"."canonical_key" <> ''
          ) AS "t4"
            ON "t2"."scope_id" = "t4"."standing_scope"
            AND "t2"."household_key" = "t4"."standing_for"
        ) AS "t5"
        WHERE
          "t5"."stage" = 'achieved'
          AND "t5"."paid_on" >= COALESCE(
            CAST(:start AS DATE),
            MAKE_DATE(CAST(1900 AS INT), CAST(1 AS INT), CAST(1 AS INT))
          )
          AND "t5"."paid_on" <= CAST(:end AS DATE)
      ) AS "t6"
    ) AS "t7"
  ) AS "t8"
  WHERE
    "t8"."place" < 10
    AND "t8"."paid_on" >= CAST(:start AS DATE)
    AND "t8"."paid_on" <= CAST(:end AS DATE)
    AND "t8"."stage" = 'achieved'
    AND "t8"."scope_id" IN (:scopes)
) AS "t9"

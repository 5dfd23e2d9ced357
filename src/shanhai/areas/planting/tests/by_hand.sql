-- The figures of this area as a person would write them for DuckDB: the baseline of the benchmark, and a second
-- computation that must give the same values. Money in fen, area in hundredths of a mu; `… rows` where the rows counted
-- are not the value itself.
SELECT min(began_on) AS "planting.industry_began", count(*) AS "planting.industry_began rows"
FROM planting_industry
WHERE stage = 'achieved' AND began_on <= :end;

SELECT
  count(DISTINCT (scope_id, key)) FILTER (WHERE kind_code = 'park' AND action_code IN ('new', 'upgraded')) AS "planting.parks_built",
  count(*) FILTER (WHERE kind_code = 'park' AND action_code IN ('new', 'upgraded')) AS "planting.parks_built rows",
  count(DISTINCT (scope_id, key)) AS "planting.bases_built", count(*) AS "planting.bases_built rows"
FROM planting_base
WHERE stage = 'achieved' AND started_on <= :end;

SELECT
  sum(p.area_mu2) AS "planting.base_area", count(*) AS "planting.base_area rows",
  sum(p.area_mu2) FILTER (WHERE b.is_demonstration) AS "planting.demonstration_area",
  count(*) FILTER (WHERE b.is_demonstration) AS "planting.demonstration_area rows",
  sum(p.area_mu2) FILTER (WHERE b.action_code = 'revived') AS "planting.revived_area",
  count(*) FILTER (WHERE b.action_code = 'revived') AS "planting.revived_area rows"
FROM planting_parcel AS p
JOIN planting_base AS b ON b.scope_id = p.scope_id AND b.key = p.base_key AND b.started_on <= :end
ANTI JOIN (SELECT scope_id, former_key FROM planting_parcel WHERE former_key <> '' AND built_on <= :end) AS n
  ON n.scope_id = p.scope_id AND n.former_key = p.key
WHERE p.stage = 'achieved' AND p.built_on <= :end;

SELECT
  sum(area_mu2) FILTER (WHERE stage = 'achieved') AS "planting.leased_area",
  count(*) FILTER (WHERE stage = 'achieved') AS "planting.leased_area rows",
  sum(yearly_fen) AS "planting.rent_promised", count(*) AS "planting.rent_promised rows"
FROM planting_landlease
WHERE first_on <= :end AND (last_on IS NULL OR last_on >= :end);

SELECT sum(amount_fen) AS "planting.rent_due", count(*) AS "planting.rent_due rows"
FROM planting_rentdue
WHERE stage = 'achieved' AND due_on <= :end;

SELECT
  sum(w.wage_fen) AS "planting.wages_due", count(*) AS "planting.wages_due rows",
  count(*) AS "planting.work_person_times",
  count(DISTINCT (w.scope_id, coalesce(p.canonical_key, w.person_key))) AS "planting.workers",
  count(*) FILTER (WHERE coalesce(p.canonical_key, w.person_key) <> '') AS "planting.workers rows"
FROM planting_workday AS w
LEFT JOIN reference_person AS p ON p.scope_id = w.scope_id AND p.key = w.person_key AND p.canonical_key <> ''
WHERE w.stage = 'achieved' AND w.worked_on <= :end;

SELECT
  sum(shared_fen) AS "planting.dividends_decided", count(*) AS "planting.dividends_decided rows",
  sum(income_fen) AS "planting.base_income", count(*) AS "planting.base_income rows",
  sum(kept_fen) AS "planting.income_kept", count(*) AS "planting.income_kept rows"
FROM planting_dividendround
WHERE stage = 'achieved' AND decided_on <= :end;

SELECT
  sum(amount_fen) AS "planting.benefits_paid", count(*) AS "planting.benefits_paid rows",
  sum(amount_fen) FILTER (WHERE channel_code = 'rent') AS "planting.rent_paid",
  count(*) FILTER (WHERE channel_code = 'rent') AS "planting.rent_paid rows",
  sum(amount_fen) FILTER (WHERE channel_code = 'wage') AS "planting.wages_paid",
  count(*) FILTER (WHERE channel_code = 'wage') AS "planting.wages_paid rows",
  sum(amount_fen) FILTER (WHERE channel_code = 'dividend') AS "planting.dividends_paid",
  count(*) FILTER (WHERE channel_code = 'dividend') AS "planting.dividends_paid rows"
FROM planting_benefitpayment
WHERE stage = 'achieved' AND paid_on <= :end;

SELECT
  count(DISTINCT (b.scope_id, coalesce(p.canonical_key, b.person_key))) AS "planting.people_benefited",
  count(*) FILTER (WHERE coalesce(p.canonical_key, b.person_key) <> '') AS "planting.people_benefited rows"
FROM planting_benefitpayment AS b
LEFT JOIN reference_person AS p ON p.scope_id = b.scope_id AND p.key = b.person_key AND p.canonical_key <> ''
WHERE b.stage = 'achieved' AND b.paid_on <= :end;

WITH paid AS (
  SELECT b.scope_id, coalesce(h.canonical_key, b.household_key) AS household, b.amount_fen
  FROM planting_benefitpayment AS b
  LEFT JOIN reference_household AS h ON h.scope_id = b.scope_id AND h.key = b.household_key AND h.canonical_key <> ''
  WHERE b.stage = 'achieved' AND b.paid_on <= :end
), got AS (
  SELECT scope_id, household, sum(amount_fen) AS fen, count(*) AS payments,
         row_number() OVER (PARTITION BY scope_id ORDER BY sum(amount_fen) DESC, household) AS place
  FROM paid GROUP BY 1, 2
)
SELECT
  count(*) FILTER (WHERE household <> '') AS "planting.households_benefited",
  sum(payments) FILTER (WHERE household <> '') AS "planting.households_benefited rows",
  sum(fen) FILTER (WHERE place <= 10) AS "planting.paid_to_largest",
  sum(payments) FILTER (WHERE place <= 10) AS "planting.paid_to_largest rows"
FROM got;

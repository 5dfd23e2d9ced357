-- The figures of bench_people_figures.py as a person would write them for DuckDB, tuned: what adds up in one pass per
-- table; of each person and household one row with a bit for each year (bit 0: before 2021); everything else from these.
-- Money in fen, per cent in ten-thousandths. Names of columns are names of figures.
CREATE OR REPLACE TEMP TABLE benefit AS
SELECT scope_id, year(paid_on) AS year, sum(amount_fen) AS paid,
  count(*) FILTER (channel_code = 'rent') AS rent,
  count(*) FILTER (channel_code = 'wage') AS wage,
  count(*) FILTER (channel_code = 'dividend') AS dividend
FROM planting_benefitpayment
WHERE stage = 'achieved' AND paid_on BETWEEN DATE '2021-01-01' AND :end
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE helped AS
SELECT e.scope_id, coalesce(p.canonical_key, e.person_key) AS person, bit_or(e.years) AS years
FROM (
  SELECT scope_id, person_key, bit_or(1 << greatest(year(paid_on) - 2020, 0)) AS years
  FROM planting_benefitpayment
  WHERE stage = 'achieved' AND person_key <> '' AND paid_on <= :end
  GROUP BY ALL
) AS e
LEFT JOIN (SELECT scope_id, key, canonical_key FROM reference_person WHERE canonical_key <> '') AS p
  ON p.scope_id = e.scope_id AND p.key = e.person_key
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE placed AS
SELECT e.scope_id, coalesce(p.canonical_key, e.person_key) AS person, bit_or(e.years) AS years
FROM (
  SELECT scope_id, person_key, bit_or(1 << greatest(year(started_on) - 2020, 0)) AS years
  FROM labour_placement
  WHERE stage = 'achieved' AND person_key <> '' AND started_on <= :end
  GROUP BY ALL
) AS e
LEFT JOIN (SELECT scope_id, key, canonical_key FROM reference_person WHERE canonical_key <> '') AS p
  ON p.scope_id = e.scope_id AND p.key = e.person_key
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE household AS
WITH one AS (
  SELECT e.scope_id, coalesce(h.canonical_key, e.household_key) AS household, bit_or(e.years) AS years
  FROM (
    SELECT scope_id, household_key, bit_or(1 << (year(paid_on) - 2020)) AS years
    FROM planting_benefitpayment
    WHERE stage = 'achieved' AND household_key <> '' AND paid_on BETWEEN DATE '2021-01-01' AND :end
    GROUP BY ALL
  ) AS e
  LEFT JOIN (SELECT scope_id, key, canonical_key FROM reference_household WHERE canonical_key <> '') AS h
    ON h.scope_id = e.scope_id AND h.key = e.household_key
  GROUP BY ALL
)
SELECT scope_id, year, sum(n) FILTER (years & (1 << (year - 2020)) <> 0) AS households
FROM (SELECT scope_id, years, count(*) AS n FROM one GROUP BY ALL), range(2021, 2025) AS asked(year)
GROUP BY ALL;

SELECT scope_id, year, paid AS "planting.paid", rent AS "planting.rent_times", wage AS "planting.wage_times",
  dividend AS "planting.dividend_times", households AS "planting.households",
  (2 * paid + households) // (2 * households) AS "planting.gain",
  (2000000 * paid::HUGEINT + sum(paid) OVER of_year) // (2 * sum(paid) OVER of_year) AS "planting.paid share",
  sign(paid - lag(paid) OVER years)
    * ((2000000 * abs(paid - lag(paid) OVER years)::HUGEINT + lag(paid) OVER years) // (2 * lag(paid) OVER years))
    AS "planting.paid growth",
  sum(paid) OVER years AS "planting.paid running"
FROM (SELECT DISTINCT scope_id FROM benefit) CROSS JOIN range(2021, 2025) AS asked(year)
LEFT JOIN benefit USING (scope_id, year) LEFT JOIN household USING (scope_id, year)
WINDOW of_year AS (PARTITION BY year), years AS (PARTITION BY scope_id ORDER BY year);

SELECT scope_id, year, coalesce(sum(n) FILTER (years & (1 << (year - 2020)) <> 0), 0) AS "planting.people",
  coalesce(sum(n) FILTER (years & ((1 << (year - 2019)) - 1) <> 0), 0) AS "planting.people_so_far"
FROM (SELECT scope_id, years, count(*) AS n FROM helped GROUP BY ALL), range(2021, 2025) AS asked(year)
GROUP BY ALL;

SELECT scope_id, year, coalesce(sum(n) FILTER (years & (1 << (year - 2020)) <> 0), 0) AS "labour.people"
FROM (SELECT scope_id, years, count(*) AS n FROM placed GROUP BY ALL), range(2021, 2025) AS asked(year)
GROUP BY ALL;

SELECT scope_id, year,
  coalesce(sum(n) FILTER (years & (1 << (year - 2020)) <> 0 AND placed & ((1 << (year - 2019)) - 1) <> 0), 0)
    AS "planting.people_also_placed"
FROM (
  SELECT h.scope_id, h.years, p.years AS placed, count(*) AS n
  FROM helped AS h JOIN placed AS p ON p.scope_id = h.scope_id AND p.person = h.person
  GROUP BY ALL
), range(2021, 2025) AS asked(year)
GROUP BY ALL;

SELECT scope_id, year(started_on) AS year, count(*) AS "labour.placements", sum(monthly_wage_fen) AS "labour.wages",
  (2 * sum(monthly_wage_fen) + count(*)) // (2 * count(*)) AS "labour.mean_wage"
FROM labour_placement
WHERE stage = 'achieved' AND started_on BETWEEN DATE '2021-01-01' AND :end
GROUP BY ALL;

WITH arranged AS (
  SELECT scope_id, greatest(year(allocated_on), 2020) AS year, sum(amount_fen) AS fen
  FROM funds_allocation WHERE stage = 'achieved' AND allocated_on <= :end GROUP BY ALL
), spent AS (
  SELECT scope_id, greatest(year(paid_on), 2020) AS year, sum(amount_fen) AS fen
  FROM funds_payment WHERE stage = 'achieved' AND paid_on <= :end GROUP BY ALL
), rate AS (
  SELECT scope_id, asked.year,
    (SELECT sum(fen) FROM arranged AS a WHERE a.scope_id = s.scope_id AND a.year <= asked.year) AS arranged,
    (SELECT sum(fen) FROM spent AS p WHERE p.scope_id = s.scope_id AND p.year <= asked.year) AS spent
  FROM (SELECT scope_id FROM arranged UNION SELECT scope_id FROM spent) AS s, range(2021, 2025) AS asked(year)
)
SELECT scope_id, year, arranged AS "funds.arranged", spent AS "funds.spent",
  (2000000 * spent::HUGEINT + arranged) // (2 * arranged) AS "funds.execution"
FROM rate;

SELECT 510000 + (scope_id - 1) % 380 AS county, sum(paid) AS fen
FROM benefit GROUP BY ALL ORDER BY fen DESC, county LIMIT 20;

-- The same figures as plain SQL for PostgreSQL, one statement for each, as one would write them over indexed tables.
-- sum by pairing and year
SELECT scope_id, extract(year FROM paid_on)::int AS year, sum(amount_fen) AS "planting.paid"
FROM planting_benefitpayment WHERE stage = 'achieved' AND paid_on BETWEEN '2021-01-01' AND :end GROUP BY 1, 2;

-- distinct persons
SELECT b.scope_id, extract(year FROM b.paid_on)::int AS year,
  count(DISTINCT coalesce(p.canonical_key, b.person_key)) AS "planting.people"
FROM planting_benefitpayment AS b
LEFT JOIN reference_person AS p ON p.scope_id = b.scope_id AND p.key = b.person_key AND p.canonical_key <> ''
WHERE b.stage = 'achieved' AND b.person_key <> '' AND b.paid_on BETWEEN '2021-01-01' AND :end
GROUP BY 1, 2;

-- distinct persons so far: each in the first year in which somebody received anything
SELECT s.scope_id, asked.year, coalesce(sum(s.n) FILTER (WHERE s.year <= asked.year), 0) AS "planting.people_so_far"
FROM (
  SELECT scope_id, year, count(*) AS n
  FROM (
    SELECT b.scope_id, coalesce(p.canonical_key, b.person_key) AS person,
      min(extract(year FROM b.paid_on)::int) AS year
    FROM planting_benefitpayment AS b
    LEFT JOIN reference_person AS p ON p.scope_id = b.scope_id AND p.key = b.person_key AND p.canonical_key <> ''
    WHERE b.stage = 'achieved' AND b.person_key <> '' AND b.paid_on <= :end
    GROUP BY 1, 2
  ) AS first
  GROUP BY 1, 2
) AS s, generate_series(2021, 2024) AS asked(year)
GROUP BY 1, 2;

-- distinct households
SELECT b.scope_id, extract(year FROM b.paid_on)::int AS year,
  count(DISTINCT coalesce(h.canonical_key, b.household_key)) AS "planting.households"
FROM planting_benefitpayment AS b
LEFT JOIN reference_household AS h ON h.scope_id = b.scope_id AND h.key = b.household_key AND h.canonical_key <> ''
WHERE b.stage = 'achieved' AND b.household_key <> '' AND b.paid_on BETWEEN '2021-01-01' AND :end
GROUP BY 1, 2;

-- person-times by kind
SELECT scope_id, extract(year FROM paid_on)::int AS year,
  count(*) FILTER (WHERE channel_code = 'rent') AS "planting.rent_times",
  count(*) FILTER (WHERE channel_code = 'wage') AS "planting.wage_times",
  count(*) FILTER (WHERE channel_code = 'dividend') AS "planting.dividend_times"
FROM planting_benefitpayment WHERE stage = 'achieved' AND paid_on BETWEEN '2021-01-01' AND :end GROUP BY 1, 2;

-- average gain per household
SELECT b.scope_id, extract(year FROM b.paid_on)::int AS year,
  floor((2 * sum(b.amount_fen) + count(DISTINCT coalesce(h.canonical_key, b.household_key)))
    / (2 * count(DISTINCT coalesce(h.canonical_key, b.household_key)))) AS "planting.gain"
FROM planting_benefitpayment AS b
LEFT JOIN reference_household AS h ON h.scope_id = b.scope_id AND h.key = b.household_key AND h.canonical_key <> ''
WHERE b.stage = 'achieved' AND b.paid_on BETWEEN '2021-01-01' AND :end
GROUP BY 1, 2;

-- shares
SELECT scope_id, year, floor((2000000 * paid + sum(paid) OVER of_year) / (2 * sum(paid) OVER of_year))
  AS "planting.paid share"
FROM (
  SELECT scope_id, extract(year FROM paid_on)::int AS year, sum(amount_fen) AS paid
  FROM planting_benefitpayment WHERE stage = 'achieved' AND paid_on BETWEEN '2021-01-01' AND :end GROUP BY 1, 2
) AS benefit
WINDOW of_year AS (PARTITION BY year);

-- year on year
SELECT scope_id, year, sign(paid - before) * floor((2000000 * abs(paid - before) + before) / (2 * before))
  AS "planting.paid growth"
FROM (
  SELECT scope_id, year, amount_fen AS paid, lag(amount_fen) OVER (PARTITION BY scope_id ORDER BY year) AS before
  FROM generate_series(1, 400) AS scopes(scope_id)
  CROSS JOIN generate_series(2021, 2024) AS asked(year)
  LEFT JOIN (
    SELECT scope_id, extract(year FROM paid_on)::int AS year, sum(amount_fen) AS amount_fen
    FROM planting_benefitpayment WHERE stage = 'achieved' AND paid_on BETWEEN '2021-01-01' AND :end GROUP BY 1, 2
  ) AS paid USING (scope_id, year)
) AS benefit;

-- running totals
SELECT scope_id, year, sum(amount_fen) OVER (PARTITION BY scope_id ORDER BY year) AS "planting.paid running"
FROM generate_series(1, 400) AS scopes(scope_id)
CROSS JOIN generate_series(2021, 2024) AS asked(year)
LEFT JOIN (
  SELECT scope_id, extract(year FROM paid_on)::int AS year, sum(amount_fen) AS amount_fen
  FROM planting_benefitpayment WHERE stage = 'achieved' AND paid_on BETWEEN '2021-01-01' AND :end GROUP BY 1, 2
) AS paid USING (scope_id, year);

-- placements with distinct persons and mean wage
SELECT l.scope_id, extract(year FROM l.started_on)::int AS year, count(*) AS "labour.placements",
  sum(l.monthly_wage_fen) AS "labour.wages",
  count(DISTINCT coalesce(p.canonical_key, l.person_key)) AS "labour.people",
  floor((2 * sum(l.monthly_wage_fen) + count(*)) / (2 * count(*))) AS "labour.mean_wage"
FROM labour_placement AS l
LEFT JOIN reference_person AS p ON p.scope_id = l.scope_id AND p.key = l.person_key AND p.canonical_key <> ''
WHERE l.stage = 'achieved' AND l.started_on BETWEEN '2021-01-01' AND :end
GROUP BY 1, 2;

-- execution rate
SELECT scope_id, year, arranged AS "funds.arranged", spent AS "funds.spent",
  floor((2000000 * spent + arranged) / (2 * arranged)) AS "funds.execution"
FROM (
  SELECT scope_id, year, a.fen AS arranged, p.fen AS spent
  FROM (
    SELECT scope_id, asked.year, sum(amount_fen) AS fen
    FROM funds_allocation JOIN generate_series(2021, 2024) AS asked(year)
      ON allocated_on <= least(make_date(asked.year, 12, 31), :end)
    WHERE stage = 'achieved' GROUP BY 1, 2
  ) AS a
  FULL JOIN (
    SELECT scope_id, asked.year, sum(amount_fen) AS fen
    FROM funds_payment JOIN generate_series(2021, 2024) AS asked(year)
      ON paid_on <= least(make_date(asked.year, 12, 31), :end)
    WHERE stage = 'achieved' GROUP BY 1, 2
  ) AS p USING (scope_id, year)
) AS rate;

-- persons with both a benefit in the year and a placement begun by its end
SELECT h.scope_id, h.year, count(*) AS "planting.people_also_placed"
FROM (
  SELECT DISTINCT b.scope_id, extract(year FROM b.paid_on)::int AS year,
    coalesce(p.canonical_key, b.person_key) AS person
  FROM planting_benefitpayment AS b
  LEFT JOIN reference_person AS p ON p.scope_id = b.scope_id AND p.key = b.person_key AND p.canonical_key <> ''
  WHERE b.stage = 'achieved' AND b.person_key <> '' AND b.paid_on BETWEEN '2021-01-01' AND :end
) AS h
JOIN (
  SELECT l.scope_id, coalesce(p.canonical_key, l.person_key) AS person, min(l.started_on) AS started_on
  FROM labour_placement AS l
  LEFT JOIN reference_person AS p ON p.scope_id = l.scope_id AND p.key = l.person_key AND p.canonical_key <> ''
  WHERE l.stage = 'achieved' AND l.person_key <> '' AND l.started_on <= :end
  GROUP BY 1, 2
) AS w ON w.scope_id = h.scope_id AND w.person = h.person AND w.started_on <= make_date(h.year, 12, 31)
GROUP BY 1, 2;

-- top 20 counties
SELECT 510000 + (scope_id - 1) % 380 AS county, sum(amount_fen) AS fen
FROM planting_benefitpayment WHERE stage = 'achieved' AND paid_on BETWEEN '2021-01-01' AND :end
GROUP BY 1 ORDER BY fen DESC, county LIMIT 20;

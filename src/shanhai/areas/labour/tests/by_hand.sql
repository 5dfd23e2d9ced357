-- The figures of this area as a person would write them for DuckDB: the baseline of the benchmark, and a second
-- computation that must give the same values. `… rows` where the rows counted are not the value itself.
SELECT
  sum(person_count) AS "labour.residents_away", count(*) AS "labour.residents_away rows"
FROM (
  SELECT person_count, row_number() OVER (PARTITION BY scope_id ORDER BY counted_on DESC, entry DESC) AS place
  FROM labour_publishedstatistic
  WHERE stage = 'achieved' AND measure_code = 'residents_away' AND counted_on <= :end
)
WHERE place = 1;

WITH
  standing AS (SELECT scope_id, key, canonical_key FROM reference_person WHERE canonical_key <> ''),
  year_asked AS (
    SELECT make_date(y, 1, 1) AS first_day, make_date(y, 12, 31) AS last_day
    FROM (SELECT year(CAST(:end AS DATE) + 1) - 1 AS y)
  ),
  away AS (
    SELECT p.scope_id, coalesce(s.canonical_key, p.person_key) AS who,
      greatest(p.started_on, first_day) AS since, least(coalesce(p.ended_on, last_day), last_day) AS until
    FROM labour_placement p
    LEFT JOIN standing s ON s.scope_id = p.scope_id AND s.key = p.person_key, year_asked
    WHERE p.stage = 'achieved' AND p.started_on <= last_day AND (p.ended_on IS NULL OR p.ended_on >= first_day)
  )
SELECT count(DISTINCT (w.scope_id, coalesce(s.canonical_key, w.person_key))) AS "labour.people_away", count(*) AS "labour.people_away rows"
FROM labour_worker w
LEFT JOIN standing s ON s.scope_id = w.scope_id AND s.key = w.person_key
WHERE w.stage = 'achieved' AND w.first_on <= :end AND w.person_key <> '' AND EXISTS (
  SELECT 1 FROM away a
  WHERE a.scope_id = w.scope_id AND a.who = coalesce(s.canonical_key, w.person_key)
    AND w.first_on <= a.until AND (w.last_on IS NULL OR w.last_on >= a.since)
);

WITH
  standing AS (SELECT scope_id, key, canonical_key FROM reference_person WHERE canonical_key <> ''),
  steady AS (
    SELECT scope_id, placement_key FROM labour_stayproof WHERE stage = 'achieved' AND month_on <= :end
    GROUP BY ALL HAVING count(DISTINCT date_trunc('month', month_on)) >= 3
  ),
  counted AS (
    SELECT p.scope_id, p.person_key, coalesce(s.canonical_key, p.person_key) AS who, p.ended_on, t.placement_key IS NOT NULL AS is_steady
    FROM labour_placement p
    LEFT JOIN standing s ON s.scope_id = p.scope_id AND s.key = p.person_key
    LEFT JOIN steady t ON t.scope_id = p.scope_id AND t.placement_key = p.key
    WHERE p.stage = 'achieved' AND p.started_on <= :end
  )
SELECT
  count(*) AS "labour.placements",
  count(DISTINCT (scope_id, who)) FILTER (WHERE who <> '') AS "labour.people_placed",
  count(*) FILTER (WHERE who <> '') AS "labour.people_placed rows",
  count(DISTINCT (scope_id, who)) FILTER (WHERE who <> '' AND (ended_on IS NULL OR ended_on >= :end)) AS "labour.people_in_work",
  count(*) FILTER (WHERE who <> '' AND (ended_on IS NULL OR ended_on >= :end)) AS "labour.people_in_work rows",
  count(DISTINCT (scope_id, who)) FILTER (WHERE who <> '' AND is_steady) AS "labour.people_steady",
  count(*) FILTER (WHERE who <> '' AND is_steady) AS "labour.people_steady rows",
  count(*) FILTER (WHERE is_steady) AS "labour.placements_steady"
FROM counted;

SELECT sum(opening_count) AS "labour.vacancies_offered", count(*) AS "labour.vacancies_offered rows"
FROM labour_vacancy
WHERE first_on <= :end;

WITH standing AS (SELECT scope_id, key, canonical_key FROM reference_person WHERE canonical_key <> '')
SELECT
  count(*) AS "labour.training_person_times",
  count(DISTINCT (a.scope_id, coalesce(s.canonical_key, a.person_key))) FILTER (WHERE a.person_key <> '') AS "labour.people_trained",
  count(*) FILTER (WHERE a.person_key <> '') AS "labour.people_trained rows"
FROM labour_courseattendance a LEFT JOIN standing s ON s.scope_id = a.scope_id AND s.key = a.person_key
WHERE a.stage = 'achieved' AND a.attended_on <= :end;

SELECT count(*) AS "labour.courses_held" FROM labour_course WHERE stage = 'achieved' AND first_on <= :end;

WITH standing AS (SELECT scope_id, key, canonical_key FROM reference_person WHERE canonical_key <> '')
SELECT
  sum(b.amount_fen) AS "labour.subsidies_paid", count(*) AS "labour.subsidies_paid rows",
  count(DISTINCT (b.scope_id, coalesce(s.canonical_key, b.person_key))) FILTER (WHERE b.person_key <> '') AS "labour.people_subsidised",
  count(*) FILTER (WHERE b.person_key <> '') AS "labour.people_subsidised rows"
FROM labour_subsidy b LEFT JOIN standing s ON s.scope_id = b.scope_id AND s.key = b.person_key
WHERE b.stage = 'achieved' AND b.result_code = 'granted' AND b.paid_on <= :end;

SELECT sum(recovered_fen) AS "labour.wages_recovered", count(*) AS "labour.wages_recovered rows"
FROM labour_backpay
WHERE stage = 'achieved' AND recovered_fen > 0 AND recovered_on <= :end;

SELECT count(*) AS "labour.stations_open"
FROM labour_station
WHERE stage = 'achieved' AND opened_on <= :end AND (closed_on IS NULL OR closed_on >= :end);

SELECT count(*) AS "labour.agreements_signed" FROM labour_labouragreement WHERE signed_on <= :end;

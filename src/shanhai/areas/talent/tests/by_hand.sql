-- The figures of this area as a person would write them for DuckDB: the baseline of the benchmark, and a second
-- computation that must give the same values. `… rows` where the rows counted are not the value itself.
SELECT
  count(*) AS "talent.institutions",
  count(*) FILTER (WHERE kind_code = 'academy') AS "talent.academies"
FROM talent_institution
WHERE stage = 'achieved' AND opened_on <= :end;

WITH posted AS (
  SELECT
    p.*, coalesce(nullif(r.canonical_key, ''), p.person_key) AS person,
    datediff('month', date_trunc('month', arrived_on), date_trunc('month', least(coalesce(left_on, :end), :end) + 1))
      - CASE WHEN day(least(coalesce(left_on, :end), :end) + 1) < day(arrived_on) THEN 1 ELSE 0 END AS months
  FROM talent_secondment AS p LEFT JOIN reference_person AS r ON r.scope_id = p.scope_id AND r.key = p.person_key
  WHERE p.stage = 'achieved' AND p.arrived_on <= :end
), told AS (
  SELECT
    *, kind_code = 'teacher' AND direction_code = 'east_to_west'
      AND role_code IN ('principal', 'vice_principal', 'principal_aide', 'school_office') AS leads,
    left_on IS NULL OR left_on >= :end AS serves,
    EXISTS (
      SELECT 1 FROM talent_minimumterm AS m
      WHERE m.scope_id = posted.scope_id AND m.kind_code = posted.kind_code AND m.first_on <= posted.arrived_on
        AND (m.last_on IS NULL OR m.last_on >= posted.arrived_on) AND posted.months >= m.month_count
    ) AS served
  FROM posted
)
SELECT
  count(DISTINCT (scope_id, person)) FILTER (WHERE leads) AS "talent.school_leaders",
  count(*) FILTER (WHERE leads) AS "talent.school_leaders rows",
  count(DISTINCT (scope_id, person)) FILTER (WHERE serves) AS "talent.on_duty",
  count(*) FILTER (WHERE serves) AS "talent.on_duty rows",
  count(DISTINCT (scope_id, person)) AS "talent.started", count(*) AS "talent.started rows",
  count(DISTINCT (scope_id, person)) AS "talent.exchanged", count(*) AS "talent.exchanged rows",
  count(*) AS "talent.posting_person_times",
  count(DISTINCT (scope_id, person)) FILTER (WHERE served) AS "talent.reached_minimum",
  count(*) FILTER (WHERE served) AS "talent.reached_minimum rows"
FROM told;

SELECT
  count(DISTINCT (t.scope_id, coalesce(nullif(r.canonical_key, ''), t.person_key))) AS "talent.with_results",
  count(*) AS "talent.with_results rows"
FROM talent_postingresult AS t LEFT JOIN reference_person AS r ON r.scope_id = t.scope_id AND r.key = t.person_key
WHERE t.stage = 'achieved' AND t.stated_on <= :end;

SELECT count(*) AS "talent.mentor_groups"
FROM talent_mentorgroup
WHERE stage = 'achieved' AND first_on <= :end;

SELECT
  count(*) AS "talent.mentor_pairs",
  count(DISTINCT (p.scope_id, coalesce(nullif(r.canonical_key, ''), p.person_key))) AS "talent.apprentices",
  count(*) AS "talent.apprentices rows"
FROM talent_mentorpair AS p LEFT JOIN reference_person AS r ON r.scope_id = p.scope_id AND r.key = p.person_key
WHERE p.stage = 'achieved' AND p.first_on <= :end;

SELECT count(*) AS "talent.officials_paired"
FROM talent_pairedofficials
WHERE stage = 'achieved' AND first_on <= :end;

SELECT
  count(DISTINCT (a.scope_id, a.course_key)) AS "talent.courses_held",
  count(DISTINCT (a.scope_id, a.course_key, coalesce(nullif(r.canonical_key, ''), a.person_key))) AS "talent.trained_person_times",
  count(DISTINCT (a.scope_id, coalesce(nullif(r.canonical_key, ''), a.person_key))) AS "talent.trained_persons",
  count(*) AS "talent.trained_persons rows"
FROM talent_attendance AS a LEFT JOIN reference_person AS r ON r.scope_id = a.scope_id AND r.key = a.person_key
WHERE a.stage = 'achieved' AND a.attended_on <= :end;

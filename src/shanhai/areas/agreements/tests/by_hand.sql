-- The figures of this area as a person would write them for DuckDB: the baseline of the benchmark, and a second
-- computation that must give the same values. `… rows` where the rows counted are not the value itself.
SELECT
  min(first_on) FILTER (WHERE level = 'province' AND round_no = 1) AS "agreements.first_round_began",
  count(*) FILTER (WHERE level = 'province' AND round_no = 1) AS "agreements.first_round_began rows",
  max(first_on) FILTER (WHERE level = 'province' AND round_no > 1) AS "agreements.new_round_began",
  count(*) FILTER (WHERE level = 'province' AND round_no > 1) AS "agreements.new_round_began rows",
  min(first_on) FILTER (WHERE level <> 'province') AS "agreements.pairing_began",
  count(*) FILTER (WHERE level <> 'province') AS "agreements.pairing_began rows"
FROM reference_pairing
WHERE stage = 'achieved' AND first_on <= :end;

SELECT
  min(signed_on) FILTER (WHERE kind_code = 'special') AS "agreements.signed_on",
  count(*) FILTER (WHERE kind_code = 'special') AS "agreements.signed_on rows",
  count(*) AS "agreements.agreements_signed"
FROM agreements_agreement
WHERE signed_on <= :end;

SELECT count(*) AS "agreements.meetings_held"
FROM agreements_meeting
WHERE stage = 'achieved' AND held_on <= :end;

SELECT
  count(*) AS "agreements.visits", sum(person_time_count) AS "agreements.visit_person_times",
  count(*) AS "agreements.visit_person_times rows"
FROM agreements_visit
WHERE stage = 'achieved' AND started_on <= :end;

SELECT
  count(DISTINCT (scope_id, person_key)) AS "agreements.team_members_on_duty",
  count(*) AS "agreements.team_members_on_duty rows"
FROM agreements_teammember
WHERE stage = 'achieved' AND first_on <= :end AND (last_on IS NULL OR last_on >= :end) AND person_key <> '';

-- All figures of toy.py as a person would write them for DuckDB: one pass per table, and the rows each figure counts.
SELECT
  sum(amount_fen) AS "toy.arranged", count(*) AS "toy.arranged rows",
  sum(amount_fen) FILTER (WHERE field_code = 'education') AS "toy.arranged_education",
  count(*) FILTER (WHERE field_code = 'education') AS "toy.arranged_education rows",
  count(*) AS "toy.allocations",
  count(DISTINCT (scope_id, project_key)) AS "toy.funded_projects",
  min(allocated_on) AS "toy.first_allocation",
  max(allocated_on) AS "toy.last_allocation"
FROM toy_allocation
WHERE stage = 'achieved' AND allocated_on <= :end;

SELECT sum(amount_fen) AS "toy.paid", count(*) AS "toy.paid rows"
FROM toy_payment
WHERE stage = 'achieved' AND paid_on <= :end;

SELECT sum(p.amount_fen) AS "toy.paid_for_live_projects", count(*) AS "toy.paid_for_live_projects rows"
FROM toy_payment AS p
SEMI JOIN toy_project AS q ON q.scope_id = p.scope_id AND q.key = p.project_key AND q.started_on <= :end
WHERE p.stage = 'achieved' AND p.paid_on <= :end;

SELECT
  sum(planned_fen) FILTER (WHERE approved_on <= :end) AS "toy.planned",
  count(*) FILTER (WHERE approved_on <= :end) AS "toy.planned rows",
  count(*) FILTER (WHERE stage = 'achieved' AND parent_key = '' AND started_on <= :end
                   AND (ended_on IS NULL OR ended_on >= :end)) AS "toy.under_way",
  sum(area_mu2) FILTER (WHERE stage = 'achieved' AND started_on <= :end
                        AND (ended_on IS NULL OR ended_on >= :end)) AS "toy.area",
  count(*) FILTER (WHERE stage = 'achieved' AND started_on <= :end
                   AND (ended_on IS NULL OR ended_on >= :end)) AS "toy.area rows"
FROM toy_project;

SELECT count(DISTINCT person_id) AS "toy.people", sum(times) AS "toy.attendances", count(*) AS "toy.attendances rows"
FROM toy_attendance
WHERE stage = 'achieved' AND held_on <= :end;

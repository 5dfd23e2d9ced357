-- The figures of this area as a person would write them for DuckDB: the baseline of the benchmark, and a second
-- computation that must give the same values. Money in fen; `… rows` where the rows counted are not the value itself.
SELECT
  count(DISTINCT (m.scope_id, m.project_key)) FILTER (WHERE m.step_code = 'library') AS "projects.in_library",
  count(*) FILTER (WHERE m.step_code = 'library') AS "projects.in_library rows",
  count(DISTINCT (m.scope_id, m.project_key)) FILTER (WHERE m.step_code = 'started') AS "projects.started",
  count(*) FILTER (WHERE m.step_code = 'started') AS "projects.started rows",
  count(DISTINCT (m.scope_id, m.project_key)) FILTER (WHERE m.step_code = 'completed') AS "projects.completed",
  count(*) FILTER (WHERE m.step_code = 'completed') AS "projects.completed rows",
  count(DISTINCT (m.scope_id, m.project_key)) FILTER (WHERE m.step_code = 'accepted') AS "projects.accepted",
  count(*) FILTER (WHERE m.step_code = 'accepted') AS "projects.accepted rows"
FROM projects_milestone AS m
SEMI JOIN projects_project AS p ON p.scope_id = m.scope_id AND p.key = m.project_key AND p.parent_key = ''
WHERE m.stage = 'achieved' AND m.happened_on <= :end;

SELECT sum(planned_fen) AS "projects.planned_money", count(*) AS "projects.planned_money rows"
FROM projects_project
WHERE proposed_on <= :end AND parent_key = '' AND planned_fen IS NOT NULL;

SELECT sum(amount_fen) AS "projects.contract_sum", count(*) AS "projects.contract_sum rows"
FROM projects_contract
WHERE signed_on <= :end;

SELECT sum(final_fen) AS "projects.final_cost", count(*) AS "projects.final_cost rows"
FROM projects_acceptance
WHERE stage = 'achieved' AND accepted_on <= :end AND result_code <> 'failed' AND final_fen IS NOT NULL;

SELECT sum(value_fen) AS "projects.assets_value", count(*) AS "projects.assets_value rows"
FROM projects_asset
WHERE stage = 'achieved' AND registered_on <= :end;

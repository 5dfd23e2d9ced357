-- The figures of this area as a person would write them for DuckDB: the baseline of the benchmark, and a second
-- computation that must give the same values. `… rows` where the rows counted are not the value itself.
WITH begun AS (
  SELECT * FROM charity_campaign WHERE stage = 'achieved' AND first_on <= :end
), years AS (
  SELECT DISTINCT scope_id, theme_code, campaign_year FROM begun
), unbroken AS (
  SELECT one.* FROM years AS one
  WHERE (SELECT max(campaign_year) FROM years AS other
         WHERE other.scope_id = one.scope_id AND other.theme_code = one.theme_code) - one.campaign_year
      = (SELECT count(*) FROM years AS later
         WHERE later.scope_id = one.scope_id AND later.theme_code = one.theme_code AND later.campaign_year > one.campaign_year)
)
SELECT count(DISTINCT campaign_year) AS "charity.campaign_years", count(*) AS "charity.campaign_years rows"
FROM begun SEMI JOIN unbroken USING (scope_id, theme_code, campaign_year);

SELECT
  count(*) AS "charity.campaigns_held", max(child_count) AS "charity.children_counted",
  count(child_count) AS "charity.children_counted rows"
FROM charity_campaign
WHERE stage = 'achieved' AND first_on <= :end;

SELECT
  count(DISTINCT (scope_id, school_key)) FILTER (WHERE school_key <> '') AS "charity.schools_reached",
  count(*) FILTER (WHERE school_key <> '') AS "charity.schools_reached rows",
  count(*) FILTER (WHERE person_key <> '') AS "charity.gifts_handed_out"
FROM charity_distribution
WHERE stage = 'achieved' AND given_on <= :end;

SELECT
  count(DISTINCT (told.scope_id, coalesce(nullif(person.canonical_key, ''), told.person_key))) AS "charity.left_behind_children",
  count(*) AS "charity.left_behind_children rows"
FROM charity_distribution AS told
LEFT JOIN reference_person AS person ON person.scope_id = told.scope_id AND person.key = told.person_key
WHERE told.stage = 'achieved' AND given_on <= :end AND receiver_code = 'left_behind' AND person_key <> '';

SELECT
  sum(amount_fen) FILTER (WHERE kind_code = 'money') AS "charity.donated_money",
  count(*) FILTER (WHERE kind_code = 'money') AS "charity.donated_money rows",
  sum(amount_fen) FILTER (WHERE kind_code = 'goods') AS "charity.donated_goods",
  count(*) FILTER (WHERE kind_code = 'goods') AS "charity.donated_goods rows"
FROM charity_donation
WHERE stage = 'achieved' AND received_on <= :end;

SELECT count(*) AS "charity.centres_opened" FROM charity_centre WHERE stage = 'achieved' AND opened_on <= :end;

SELECT count(*) AS "charity.brands_founded" FROM charity_brand WHERE stage = 'achieved' AND founded_on <= :end;

SELECT count(*) AS "charity.trainings_held" FROM charity_disabilitytraining WHERE stage = 'achieved' AND first_on <= :end;

SELECT
  count(*) AS "charity.training_person_times",
  count(DISTINCT (told.scope_id, coalesce(nullif(person.canonical_key, ''), told.person_key))) FILTER (WHERE person_key <> '') AS "charity.people_trained",
  count(*) FILTER (WHERE person_key <> '') AS "charity.people_trained rows"
FROM charity_trainingattendance AS told
LEFT JOIN reference_person AS person ON person.scope_id = told.scope_id AND person.key = told.person_key
WHERE told.stage = 'achieved' AND attended_on <= :end;

SELECT
  count(DISTINCT (told.scope_id, coalesce(nullif(person.canonical_key, ''), told.person_key))) AS "charity.people_employed",
  count(*) AS "charity.people_employed rows",
  count(DISTINCT (told.scope_id, coalesce(nullif(person.canonical_key, ''), told.person_key)))
    FILTER (WHERE ended_on IS NULL OR ended_on >= :end) AS "charity.people_in_work",
  count(*) FILTER (WHERE ended_on IS NULL OR ended_on >= :end) AS "charity.people_in_work rows"
FROM charity_disabledemployment AS told
LEFT JOIN reference_person AS person ON person.scope_id = told.scope_id AND person.key = told.person_key
WHERE told.stage = 'achieved' AND started_on <= :end AND person_key <> '';

-- The figures of this area as a person would write them for DuckDB: the baseline of the benchmark, and a second
-- computation that must give the same values. `… rows` where the rows counted are not the value itself.
WITH dated AS (
  SELECT * REPLACE (CASE awarded_on_precision
    WHEN 'year' THEN make_date(year(awarded_on), 12, 31) WHEN 'month' THEN last_day(awarded_on) ELSE awarded_on END AS awarded_on)
  FROM honours_honour WHERE stage = 'achieved'
), awarded AS (
  SELECT *, list_position(['county', 'prefecture', 'provincial', 'national'], level_code) AS height
  FROM dated WHERE awarded_on <= :end
), sites AS (
  SELECT scope_id, site_key, max(height) AS height, count(*) AS titles FROM awarded WHERE site_key <> '' GROUP BY ALL
), villages AS (
  SELECT coalesce(site.region_code, one.region_code) AS region, coalesce(site.town, one.town) AS town,
         coalesce(site.village, one.village) AS village
  FROM awarded AS one LEFT JOIN honours_site AS site ON site.scope_id = one.scope_id AND site.key = one.site_key
  WHERE one.kind_code = 'village'
)
SELECT
  (SELECT count(*) FROM awarded) AS "honours.awarded",
  (SELECT count(DISTINCT (scope_id, coalesce(nullif(origin_key, ''), key))) FROM awarded WHERE kind_code = 'base') AS "honours.bases_named",
  (SELECT count(*) FROM awarded WHERE kind_code = 'base') AS "honours.bases_named rows",
  (SELECT count(*) FROM sites) AS "honours.sites_named", (SELECT sum(titles) FROM sites) AS "honours.sites_named rows",
  (SELECT count(*) FROM sites WHERE height IN (2, 3)) AS "honours.sites_provincial_prefecture",
  (SELECT sum(titles) FROM sites WHERE height IN (2, 3)) AS "honours.sites_provincial_prefecture rows",
  (SELECT count(DISTINCT (region, town, village)) FROM villages WHERE village <> '') AS "honours.villages_named",
  (SELECT count(*) FROM villages WHERE village <> '') AS "honours.villages_named rows";

WITH said AS (
  SELECT scope_id, honour_key, last(result_code ORDER BY reviewed_on, entry) AS result, last(expires_on ORDER BY reviewed_on, entry) AS until
  FROM honours_honourreview WHERE stage = 'achieved' AND reviewed_on <= :end GROUP BY ALL
), kept AS (
  SELECT one.*, CASE WHEN said.result IS NULL THEN one.expires_on ELSE said.until END AS until
  FROM honours_honour AS one LEFT JOIN said ON said.scope_id = one.scope_id AND said.honour_key = one.key
  WHERE one.stage = 'achieved' AND said.result IS DISTINCT FROM 'withdrawn' AND :end >= CASE awarded_on_precision
    WHEN 'year' THEN make_date(year(awarded_on), 12, 31) WHEN 'month' THEN last_day(awarded_on) ELSE awarded_on END
), standing AS (
  SELECT kept.*, coalesce(site.region_code, kept.region_code) AS at_region, coalesce(site.town, kept.town) AS at_town,
         coalesce(site.village, kept.village) AS at_village
  FROM kept LEFT JOIN honours_site AS site ON site.scope_id = kept.scope_id AND site.key = kept.site_key
  WHERE until IS NULL OR until >= :end
)
SELECT
  (SELECT count(*) FROM kept WHERE year(until) <= year(CAST(:end AS DATE))) AS "honours.reviews_due",
  count(*) AS "honours.in_force",
  count(DISTINCT (scope_id, site_key)) FILTER (WHERE site_key <> '') AS "honours.sites_in_force",
  count(*) FILTER (WHERE site_key <> '') AS "honours.sites_in_force rows",
  count(DISTINCT (at_region, at_town, at_village)) FILTER (WHERE at_village <> '' AND (site_key <> '' OR kind_code = 'village'))
    AS "honours.villages_covered",
  count(*) FILTER (WHERE at_village <> '' AND (site_key <> '' OR kind_code = 'village')) AS "honours.villages_covered rows",
  count(DISTINCT (at_region, at_town)) FILTER (WHERE at_town <> '' AND (site_key <> '' OR kind_code = 'village'))
    AS "honours.townships_covered",
  count(*) FILTER (WHERE at_town <> '' AND (site_key <> '' OR kind_code = 'village')) AS "honours.townships_covered rows"
FROM standing;

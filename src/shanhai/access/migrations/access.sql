-- Who is signed in, and what that opens, decided in the database from the session's own row. The setting
-- shanhai.session carries only a secret token; any other text in it opens nothing.
--
-- These functions run under their owner's rights, so each names its search path with pg_temp last: else a
-- session could lay a temporary table (its own access_session) before the real one and be whoever it likes.

CREATE FUNCTION access_hash(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(given, 'UTF8')), 'hex')
$$;

CREATE FUNCTION access_open_session(for_user bigint, token_digest text, seconds integer, proof text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE secret text;
BEGIN
    SELECT value INTO secret FROM access_secret LIMIT 1;
    IF secret IS NULL OR proof IS DISTINCT FROM access_hash(secret || '|' || for_user || '|' || token_digest || '|' || secret) THEN
        RAISE EXCEPTION '登录凭据无效' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_session (digest, user_id, opened_at, expires_at)
    VALUES (token_digest, for_user, clock_timestamp(), clock_timestamp() + make_interval(secs => seconds));
END $$;

CREATE FUNCTION access_end_session() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE access_session SET ended_at = clock_timestamp()
    WHERE digest = access_hash(current_setting('shanhai.session', true)) AND ended_at IS NULL
$$;

CREATE FUNCTION access_user() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.user_id FROM access_session s JOIN access_user u ON u.id = s.user_id AND u.is_active
    WHERE s.digest = access_hash(nullif(current_setting('shanhai.session', true), ''))
      AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
$$;

CREATE FUNCTION access_grants() RETURNS SETOF access_grant LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT g.* FROM access_grant g
    WHERE g.user_id = access_user() AND coalesce(g.first_on, '-infinity') <= current_date AND coalesce(g.last_on, 'infinity') >= current_date
$$;

CREATE FUNCTION access_within(code text, region text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN region = '' THEN false
                WHEN region LIKE '%0000' THEN code LIKE left(region, 2) || '%'
                WHEN region LIKE '%00' THEN code LIKE left(region, 4) || '%'
                ELSE code = region END
$$;

-- The books a session reaches: scope, side, role. A grant over a region follows the side that region is on.
CREATE FUNCTION access_reached() RETURNS TABLE (scope_id bigint, side text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, book.side, g.role
    FROM access_grants() g
    JOIN reference_scope s ON g.reach = 'all' OR (g.reach = 'scope' AND g.scope_id = s.id) OR (g.reach = 'region' AND (
             (g.side IN ('east', 'any') AND access_within(s.east_code, g.region_code))
          OR (g.side IN ('west', 'own', 'any') AND access_within(s.west_code, g.region_code))))
    CROSS JOIN LATERAL (VALUES ('east'), ('west'), ('own')) AS book(side)
    WHERE g.side = 'any' OR book.side = g.side
$$;

CREATE FUNCTION access_scopes() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT DISTINCT scope_id FROM access_reached())
    SELECT scope_id FROM own
    UNION
    SELECT above.id FROM own JOIN reference_scope s ON s.id = own.scope_id
    JOIN reference_scope above ON above.kind = 'pairing' AND above.level = 'province' AND s.kind = 'pairing'
     AND left(above.east_code, 2) = left(s.east_code, 2) AND left(above.west_code, 2) = left(s.west_code, 2)
$$;

CREATE FUNCTION access_books() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT scope_id || '/' || side FROM access_reached() WHERE role NOT IN ('auditor', 'viewer')
$$;

-- The scopes in which the session keeps some book; an auditor or viewer has none, the provinces' pairing above is not among them.
CREATE FUNCTION access_writing_scopes() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT scope_id FROM access_reached() WHERE role NOT IN ('auditor', 'viewer')
$$;

CREATE FUNCTION access_founds_scopes() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM access_grants() WHERE role = 'operator' AND reach = 'all')
$$;

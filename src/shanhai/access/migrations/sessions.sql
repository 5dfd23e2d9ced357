-- Sessions that open in steps, end when they are not used, and are listed to their owner; attempts to sign in,
-- counted for every process of the site at once.
--
-- What only the application may ask (it has checked a password or a code) carries a proof: a hash of the question
-- under the secret that the application and the database share. As in access.sql, every function that runs under its
-- owner's rights names its search path with pg_temp last.

CREATE FUNCTION access_proven(proof text, VARIADIC parts text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(proof = access_hash(s.value || '|' || array_to_string(parts, '|', '') || '|' || s.value), false)
    FROM access_secret s LIMIT 1
$$;

CREATE FUNCTION access_check_proof(proof text, VARIADIC parts text[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF access_proven(proof, VARIADIC parts) IS NOT TRUE THEN
        RAISE EXCEPTION '登录凭据无效' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- The day where the offices are: a grant begins and ends with it, whatever the time zone of a connection.
CREATE FUNCTION access_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (pg_catalog.now() AT TIME ZONE 'Asia/Shanghai')::date
$$;

CREATE OR REPLACE FUNCTION access_grants() RETURNS SETOF access_grant
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT g.* FROM access_grant g
    WHERE g.user_id = access_user()
      AND coalesce(g.first_on, '-infinity') <= access_today() AND coalesce(g.last_on, 'infinity') >= access_today()
$$;

DROP FUNCTION access_open_session(bigint, text, integer, text);

CREATE FUNCTION access_open_session(
    for_user bigint, token_digest text, in_stage text, seconds integer, idle integer, from_address text, with_agent text, proof text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM access_check_proof(proof, 'session', for_user::text, token_digest, in_stage, seconds::text, idle::text);
    INSERT INTO access_session (digest, user_id, opened_at, expires_at, stage, seen_at, idle_seconds, address, agent)
    VALUES (token_digest, for_user, clock_timestamp(), clock_timestamp() + make_interval(secs => seconds), in_stage,
            clock_timestamp(), idle, left(from_address, 45), left(with_agent, 200));
END $$;

-- The carried session while it lives, at whatever stage.
CREATE FUNCTION access_session_now() RETURNS SETOF access_session
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.* FROM access_session s JOIN access_user u ON u.id = s.user_id AND u.is_active
    WHERE s.digest = access_hash(nullif(current_setting('shanhai.session', true), ''))
      AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
      AND s.seen_at + make_interval(secs => s.idle_seconds) > clock_timestamp()
$$;
REVOKE ALL ON FUNCTION access_session_now() FROM PUBLIC, {web};

-- Spelt out and not by access_session_now(): every policy of every table asks it.
CREATE OR REPLACE FUNCTION access_user() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.user_id FROM access_session s JOIN access_user u ON u.id = s.user_id AND u.is_active
    WHERE s.digest = access_hash(nullif(current_setting('shanhai.session', true), ''))
      AND s.stage = 'full' AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
      AND s.seen_at + make_interval(secs => s.idle_seconds) > clock_timestamp()
$$;

-- Whose session it is although it is not whole yet, and what is missing: what the steps of signing in go by.
CREATE FUNCTION access_stage() RETURNS TABLE (user_id bigint, username text, stage text, enrolled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.user_id, u.username, s.stage,
           EXISTS (SELECT 1 FROM access_secondfactor f WHERE f.user_id = s.user_id AND f.enrolled_at IS NOT NULL)
    FROM access_session_now() s JOIN access_user u ON u.id = s.user_id
$$;

-- Whether the carried session was last written more than a minute ago.
CREATE FUNCTION access_touch_due() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(bool_or(s.seen_at < clock_timestamp() - interval '1 minute'), false) FROM access_session_now() s
$$;

CREATE FUNCTION access_touch_session() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE access_session SET seen_at = clock_timestamp()
    WHERE id = (SELECT id FROM access_session_now()) AND seen_at < clock_timestamp() - interval '1 minute'
$$;

CREATE FUNCTION access_own_sessions()
RETURNS TABLE (id bigint, opened_at timestamptz, seen_at timestamptz, expires_at timestamptz, address text, agent text, is_this boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, s.opened_at, s.seen_at, s.expires_at, s.address, s.agent,
           s.digest = access_hash(current_setting('shanhai.session', true))
    FROM access_session s
    WHERE s.user_id = access_user() AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
      AND s.seen_at + make_interval(secs => s.idle_seconds) > clock_timestamp()
    ORDER BY s.seen_at DESC
$$;

-- One of one's own sessions, or all but the carried one where none is named; answers how many ended.
CREATE FUNCTION access_end_own_sessions(one bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH ended AS (
        UPDATE access_session SET ended_at = clock_timestamp()
        WHERE user_id = access_user() AND ended_at IS NULL
          AND CASE WHEN one IS NULL THEN digest <> access_hash(current_setting('shanhai.session', true)) ELSE id = one END
        RETURNING 1
    ) SELECT count(*) FROM ended
$$;

CREATE FUNCTION access_attempt_digest(name text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT access_hash(s.value || '|attempt|' || name || '|' || s.value) FROM access_secret s LIMIT 1
$$;
REVOKE ALL ON FUNCTION access_attempt_digest(text) FROM PUBLIC, {web};

-- How many seconds the next attempt under these names must wait. Attempts on the first name stand in line until their
-- transactions end, so that many at once are not more than one after another.
CREATE FUNCTION access_wait(names text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(511381, hashtext(access_attempt_digest(names[1])));
    RETURN coalesce((
        SELECT ceil(extract(epoch FROM max(a.waits_until_at) - clock_timestamp()))::integer FROM access_attempt a
        WHERE a.digest IN (SELECT access_attempt_digest(name) FROM unnest(names) AS name) AND a.waits_until_at > clock_timestamp()
    ), 0);
END $$;

-- Note a failure under a name: from the `allowed`th on each wait is twice the last, up to `longest` seconds. What failed
-- more than a day ago is forgotten. Answers how many failures there are in a row.
CREATE FUNCTION access_failed(name text, allowed integer, longest integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE failures integer;
BEGIN
    DELETE FROM access_attempt a WHERE a.failed_at < clock_timestamp() - interval '1 day';
    INSERT INTO access_attempt AS kept (digest, failed_count, failed_at) VALUES (access_attempt_digest(name), 1, clock_timestamp())
    ON CONFLICT (digest) DO UPDATE SET failed_count = kept.failed_count + 1, failed_at = clock_timestamp()
    RETURNING failed_count INTO failures;
    IF failures >= allowed THEN
        UPDATE access_attempt SET waits_until_at =
            clock_timestamp() + make_interval(secs => least(longest, 60 * 2 ^ least(failures - allowed, 20)))
        WHERE digest = access_attempt_digest(name);
    END IF;
    RETURN failures;
END $$;

CREATE FUNCTION access_succeeded(name text, proof text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM access_check_proof(proof, 'succeeded', name);
    DELETE FROM access_attempt WHERE digest = access_attempt_digest(name);
END $$;

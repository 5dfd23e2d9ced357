-- Accounts and grants kept by an administrator on the site. The web role cannot write these tables; it calls these
-- functions, and each finds in the database who is signed in and how far their grants as administrator reach:
--   * nobody gives, keeps or takes away beyond their own reach;
--   * nobody changes their own account or grants here, so nobody raises their own rights;
--   * an account of the command line (its password begins with `!`) is not touched from the site;
--   * the home keeps at least one administrator of everything who can sign in and whose grant has no last day;
--   * each act says why, and writes its line of the journal in the same breath.
-- They stand in line at the journal's lock first, so that two of them at once see what the other did.

CREATE FUNCTION access_covers(of_reach text, of_scope bigint, of_region text, of_side text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_grants() g
        WHERE g.role = 'operator' AND (g.side = 'any' OR g.side = of_side) AND CASE g.reach
            WHEN 'all' THEN true
            WHEN 'scope' THEN of_reach = 'scope' AND of_scope = g.scope_id
            ELSE (of_reach = 'region' AND access_within(of_region, g.region_code)) OR (of_reach = 'scope' AND EXISTS (
                SELECT 1 FROM reference_scope s WHERE s.id = of_scope
                AND ((g.side IN ('east', 'any') AND access_within(s.east_code, g.region_code))
                  OR (g.side IN ('west', 'own', 'any') AND access_within(s.west_code, g.region_code)))))
            END)
$$;

-- Whether the session administers anything, and whether it administers everything.
CREATE FUNCTION access_administers() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM access_grants() g WHERE g.role = 'operator')
$$;

CREATE FUNCTION access_administers_all() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM access_grants() g WHERE g.role = 'operator' AND g.reach = 'all' AND g.side = 'any')
$$;

-- An account is seen where one of its grants, of whatever time, lies within one's reach.
CREATE FUNCTION access_sees_account(of_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT access_administers_all() OR EXISTS (
        SELECT 1 FROM access_grant g WHERE g.user_id = of_user AND access_covers(g.reach, g.scope_id, g.region_code, g.side))
$$;

-- An account is kept by whose reach holds all its grants that have not ended; once all have, by whose reach held them all.
CREATE FUNCTION access_keeps_account(of_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT of_user IS DISTINCT FROM access_user() AND access_administers()
       AND EXISTS (SELECT 1 FROM access_user u WHERE u.id = of_user AND u.password NOT LIKE '!%')
       AND (access_administers_all() OR (
            SELECT count(*) > 0 AND bool_and(access_covers(g.reach, g.scope_id, g.region_code, g.side))
            FROM access_grant g
            WHERE g.user_id = of_user AND (coalesce(g.last_on, 'infinity') >= access_today() OR NOT EXISTS (
                SELECT 1 FROM access_grant later WHERE later.user_id = of_user AND coalesce(later.last_on, 'infinity') >= access_today()))))
$$;

CREATE FUNCTION access_check_act(reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(5113813310);
    IF access_user() IS NULL THEN RAISE EXCEPTION 'not_signed_in' USING ERRCODE = 'insufficient_privilege'; END IF;
    IF NOT access_administers() THEN RAISE EXCEPTION 'not_administrator' USING ERRCODE = 'insufficient_privilege'; END IF;
    IF btrim(coalesce(reason, '')) = '' THEN RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'insufficient_privilege'; END IF;
END $$;

CREATE FUNCTION access_check_keeping(of_user bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM access_check_act(reason);
    IF of_user = access_user() THEN RAISE EXCEPTION 'own_account' USING ERRCODE = 'insufficient_privilege'; END IF;
    IF NOT access_keeps_account(of_user) THEN RAISE EXCEPTION 'beyond_reach' USING ERRCODE = 'insufficient_privilege'; END IF;
END $$;

CREATE FUNCTION access_check_last_administrator() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM access_grant g JOIN access_user u ON u.id = g.user_id AND u.is_active AND u.password NOT LIKE '!%'
        WHERE g.role = 'operator' AND g.reach = 'all' AND g.side = 'any'
          AND coalesce(g.first_on, '-infinity') <= access_today() AND g.last_on IS NULL)
    THEN RAISE EXCEPTION 'last_administrator' USING ERRCODE = 'insufficient_privilege'; END IF;
END $$;

-- Whether the user is one of those without whom nobody would administer everything.
CREATE FUNCTION access_is_administrator(of_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM access_grant g WHERE g.user_id = of_user AND g.role = 'operator' AND g.reach = 'all'
                   AND g.side = 'any' AND g.last_on IS NULL)
$$;
REVOKE ALL ON FUNCTION access_is_administrator(bigint) FROM PUBLIC, {web};

CREATE FUNCTION access_journal_act(act_code text, act_reason text, act_scope bigint, lines jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT access_journal(act_code, u.username, u.display_name, btrim(act_reason), act_scope, lines) FROM access_user u WHERE u.id = access_user()
$$;
REVOKE ALL ON FUNCTION access_journal_act(text, text, bigint, jsonb) FROM PUBLIC, {web};

CREATE FUNCTION access_grant_line(of_grant bigint, told_before jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object('type', 'access.grant', 'key', u.username || '/' || g.id, 'before', told_before::text,
                              'after', (to_jsonb(g) || jsonb_build_object('username', u.username))::text)
    FROM access_grant g JOIN access_user u ON u.id = g.user_id WHERE g.id = of_grant
$$;
REVOKE ALL ON FUNCTION access_grant_line(bigint, jsonb) FROM PUBLIC, {web};

-- Lay down a grant within one's reach; the journal is the caller's.
CREATE FUNCTION access_add_grant(
    for_user bigint, of_role text, of_reach text, of_scope bigint, of_region text, of_side text, from_day date, to_day date
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint;
BEGIN
    IF (coalesce(of_role, '') IN ('clerk', 'finance', 'project_owner', 'team', 'auditor', 'viewer', 'operator')
            AND coalesce(of_side, '') IN ('east', 'west', 'own', 'any')
            AND CASE of_reach WHEN 'all' THEN of_scope IS NULL AND of_region = ''
                              WHEN 'scope' THEN of_region = '' AND EXISTS (SELECT 1 FROM reference_scope s WHERE s.id = of_scope)
                              WHEN 'region' THEN of_scope IS NULL AND EXISTS (SELECT 1 FROM reference_region r WHERE r.code = of_region)
                              ELSE false END
            AND coalesce(to_day, 'infinity') >= coalesce(from_day, '-infinity')) IS NOT TRUE
    THEN RAISE EXCEPTION 'grant_unclear' USING ERRCODE = 'insufficient_privilege'; END IF;
    IF NOT access_covers(of_reach, of_scope, of_region, of_side) THEN
        RAISE EXCEPTION 'beyond_reach' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_grant (user_id, role, reach, scope_id, region_code, side, first_on, last_on)
    VALUES (for_user, of_role, of_reach, of_scope, of_region, of_side, from_day, to_day) RETURNING id INTO made;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION access_add_grant(bigint, text, text, bigint, text, text, date, date) FROM PUBLIC, {web};

CREATE FUNCTION access_give_grant(
    for_user bigint, of_role text, of_reach text, of_scope bigint, of_region text, of_side text, from_day date, to_day date, reason text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint;
BEGIN
    PERFORM access_check_act(reason);
    IF for_user = access_user() THEN RAISE EXCEPTION 'own_account' USING ERRCODE = 'insufficient_privilege'; END IF;
    IF NOT access_sees_account(for_user) OR NOT EXISTS (SELECT 1 FROM access_user u WHERE u.id = for_user AND u.is_active AND u.password NOT LIKE '!%')
    THEN RAISE EXCEPTION 'beyond_reach' USING ERRCODE = 'insufficient_privilege'; END IF;
    made := access_add_grant(for_user, of_role, of_reach, of_scope, of_region, of_side, from_day, to_day);
    PERFORM access_journal_act('access.grant.given', reason, of_scope, jsonb_build_array(access_grant_line(made, NULL)));
    RETURN made;
END $$;

-- A grant is only ever ended earlier; a longer one is a new grant. Ended by yesterday it opens nothing any more.
CREATE FUNCTION access_end_grant(one bigint, to_day date, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE kept access_grant; told jsonb;
BEGIN
    PERFORM access_check_act(reason);
    SELECT * INTO kept FROM access_grant g WHERE g.id = one FOR UPDATE;
    IF kept.user_id = access_user() THEN RAISE EXCEPTION 'own_account' USING ERRCODE = 'insufficient_privilege'; END IF;
    IF kept.id IS NULL OR NOT access_covers(kept.reach, kept.scope_id, kept.region_code, kept.side)
       OR NOT EXISTS (SELECT 1 FROM access_user u WHERE u.id = kept.user_id AND u.password NOT LIKE '!%')
    THEN RAISE EXCEPTION 'beyond_reach' USING ERRCODE = 'insufficient_privilege'; END IF;
    IF to_day IS NULL OR to_day < access_today() - 1 OR to_day >= coalesce(kept.last_on, 'infinity') THEN
        RAISE EXCEPTION 'grant_day' USING ERRCODE = 'insufficient_privilege';
    END IF;
    told := access_grant_line(one, NULL) -> 'after';
    UPDATE access_grant SET last_on = to_day WHERE id = one;
    IF kept.role = 'operator' AND kept.reach = 'all' THEN PERFORM access_check_last_administrator(); END IF;
    PERFORM access_journal_act('access.grant.ended', reason, kept.scope_id, jsonb_build_array(access_grant_line(one, (told #>> '{}')::jsonb)));
END $$;

-- A new account with its first grant and a password that is handed out once.
CREATE FUNCTION access_make_account(
    new_username text, new_name text, hashed text, expires timestamptz, of_role text, of_reach text, of_scope bigint, of_region text,
    of_side text, from_day date, to_day date, reason text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint; given bigint;
BEGIN
    PERFORM access_check_act(reason);
    IF new_username !~ '^[[:alnum:]][[:alnum:]._-]{1,39}$' OR btrim(new_name) = '' OR coalesce(hashed, '!') LIKE '!%' THEN
        RAISE EXCEPTION 'account_unclear' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_user (username, display_name, password, is_active, is_password_handed_out, password_expires_at)
    VALUES (new_username, left(btrim(new_name), 60), hashed, true, true, expires) ON CONFLICT (username) DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN RAISE EXCEPTION 'account_taken' USING ERRCODE = 'insufficient_privilege'; END IF;
    given := access_add_grant(made, of_role, of_reach, of_scope, of_region, of_side, from_day, to_day);
    PERFORM access_journal_act('access.account.made', reason, of_scope,
                               jsonb_build_array(access_account_line(made, NULL), access_grant_line(given, NULL)));
    RETURN made;
END $$;

CREATE FUNCTION access_end_sessions_of(of_user bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE access_session SET ended_at = clock_timestamp() WHERE user_id = of_user AND ended_at IS NULL
$$;
REVOKE ALL ON FUNCTION access_end_sessions_of(bigint) FROM PUBLIC, {web};

-- Switch an account off, which ends its sessions, or on again.
CREATE FUNCTION access_switch_account(of_user bigint, active boolean, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE told jsonb;
BEGIN
    PERFORM access_check_keeping(of_user, reason);
    told := access_told(of_user);
    UPDATE access_user SET is_active = active WHERE id = of_user AND is_active <> active;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing_changed' USING ERRCODE = 'insufficient_privilege'; END IF;
    IF NOT active THEN
        PERFORM access_end_sessions_of(of_user);
        IF access_is_administrator(of_user) THEN PERFORM access_check_last_administrator(); END IF;
    END IF;
    PERFORM access_journal_act(CASE WHEN active THEN 'access.account.resumed' ELSE 'access.account.stopped' END, reason, NULL,
                               jsonb_build_array(access_account_line(of_user, told)));
END $$;

-- A password handed out once: it must be changed at the next sign-in. Sessions end, and waits fall away.
CREATE FUNCTION access_reset_password(of_user bigint, hashed text, expires timestamptz, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE told jsonb;
BEGIN
    PERFORM access_check_keeping(of_user, reason);
    IF coalesce(hashed, '!') LIKE '!%' THEN RAISE EXCEPTION 'account_unclear' USING ERRCODE = 'insufficient_privilege'; END IF;
    told := access_told(of_user);
    UPDATE access_user SET password = hashed, is_password_handed_out = true, password_expires_at = expires WHERE id = of_user;
    PERFORM access_end_sessions_of(of_user);
    DELETE FROM access_attempt WHERE digest = (SELECT access_attempt_digest('account ' || u.username) FROM access_user u WHERE u.id = of_user);
    PERFORM access_journal_act('access.password.reset', reason, NULL, jsonb_build_array(access_account_line(of_user, told)));
END $$;

CREATE FUNCTION access_reset_factor(of_user bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE told jsonb;
BEGIN
    PERFORM access_check_keeping(of_user, reason);
    told := access_told(of_user);
    DELETE FROM access_recoverycode WHERE user_id = of_user;
    DELETE FROM access_secondfactor WHERE user_id = of_user AND enrolled_at IS NOT NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing_changed' USING ERRCODE = 'insufficient_privilege'; END IF;
    PERFORM access_end_sessions_of(of_user);
    PERFORM access_journal_act('access.factor.reset', reason, NULL, jsonb_build_array(access_account_line(of_user, told)));
END $$;

CREATE FUNCTION access_unlock(of_user bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM access_check_keeping(of_user, reason);
    DELETE FROM access_attempt WHERE digest = (SELECT access_attempt_digest('account ' || u.username) FROM access_user u WHERE u.id = of_user);
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing_changed' USING ERRCODE = 'insufficient_privilege'; END IF;
    PERFORM access_journal_act('access.account.unlocked', reason, NULL, jsonb_build_array(access_account_line(of_user, access_told(of_user))));
END $$;

-- The accounts one sees, with what an administrator needs to know of each; those one may not keep say so.
CREATE FUNCTION access_accounts() RETURNS TABLE (
    id bigint, username text, display_name text, is_active boolean, works_alone boolean, is_password_handed_out boolean, enrolled boolean,
    last_seen_at timestamptz, waits_until_at timestamptz, kept boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.id, u.username, u.display_name, u.is_active, u.password LIKE '!%', u.is_password_handed_out,
           EXISTS (SELECT 1 FROM access_secondfactor f WHERE f.user_id = u.id AND f.enrolled_at IS NOT NULL),
           (SELECT max(s.seen_at) FROM access_session s WHERE s.user_id = u.id AND s.stage = 'full'),
           (SELECT a.waits_until_at FROM access_attempt a
             WHERE a.digest = access_attempt_digest('account ' || u.username) AND a.waits_until_at > clock_timestamp()),
           access_keeps_account(u.id)
    FROM access_user u WHERE access_administers() AND access_sees_account(u.id)
    ORDER BY u.username
$$;

-- The grants within one's reach, of whatever time.
CREATE FUNCTION access_kept_grants() RETURNS TABLE (
    id bigint, user_id bigint, role text, reach text, scope_id bigint, scope_code text, scope_name text, region_code text, region_name text,
    side text, first_on date, last_on date, is_live boolean, is_over boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT g.id, g.user_id, g.role, g.reach, g.scope_id, s.code, s.name, g.region_code,
           (SELECT r.name FROM reference_region r WHERE r.code = g.region_code ORDER BY r.last_on DESC NULLS FIRST LIMIT 1),
           g.side, g.first_on, g.last_on,
           coalesce(g.first_on, '-infinity') <= access_today() AND coalesce(g.last_on, 'infinity') >= access_today(),
           coalesce(g.last_on, 'infinity') < access_today()
    FROM access_grant g LEFT JOIN reference_scope s ON s.id = g.scope_id
    WHERE access_administers() AND access_covers(g.reach, g.scope_id, g.region_code, g.side)
    ORDER BY g.user_id, g.role, g.id
$$;

-- The scopes one administers, and whose live grants open each of them.
CREATE FUNCTION access_readers() RETURNS TABLE (
    scope_id bigint, code text, name text, user_id bigint, username text, display_name text, role text, side text, reach text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, s.code, s.name, u.id, u.username, u.display_name, g.role, g.side, g.reach
    FROM reference_scope s
    LEFT JOIN (
        access_grant g JOIN access_user u ON u.id = g.user_id AND u.is_active
    ) ON coalesce(g.first_on, '-infinity') <= access_today() AND coalesce(g.last_on, 'infinity') >= access_today()
     AND (g.reach = 'all' OR (g.reach = 'scope' AND g.scope_id = s.id) OR (g.reach = 'region' AND (
             (g.side IN ('east', 'any') AND access_within(s.east_code, g.region_code))
          OR (g.side IN ('west', 'own', 'any') AND access_within(s.west_code, g.region_code)))))
    WHERE s.id IN (SELECT r.scope_id FROM access_reached() r WHERE r.role = 'operator')
    ORDER BY s.code, g.role, u.username
$$;

-- What the journal holds of an account one sees. Lines that belong to no scope are otherwise for administrators of everything.
CREATE FUNCTION access_account_history(of_user bigint) RETURNS TABLE (
    seq bigint, code text, acted_at timestamptz, acted_by text, acted_by_name text, reason text, record_type text, before text, after text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.seq, a.code, a.acted_at, a.acted_by, a.acted_by_name, a.reason, e.record_type, e.before, e.after
    FROM access_user u
    JOIN journal_entry e ON (e.record_type = 'access.user' AND e.record_key = u.username)
                         OR (e.record_type = 'access.grant' AND starts_with(e.record_key, u.username || '/'))
    JOIN journal_act a ON a.id = e.act_id
    WHERE u.id = of_user AND (of_user = access_user() OR (access_administers() AND access_sees_account(u.id)))
    ORDER BY e.seq DESC LIMIT 200
$$;

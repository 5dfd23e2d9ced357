-- One's own account: the password and the second factor. The application has checked the old password or the code and
-- says so by a proof; the database keeps each one-time code and each recovery code from being used twice.

-- One line of the journal about accounts, with its act. It belongs to the journal's role and may be executed by the
-- owner's functions alone: what happens to an account and the line about it are written together or not at all.
CREATE FUNCTION access_journal(act_code text, act_by text, act_by_name text, act_reason text, act_scope bigint, lines jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE act uuid := gen_random_uuid();
BEGIN
    PERFORM pg_advisory_xact_lock(5113813310);
    INSERT INTO journal_act (id, code, acted_at, acted_by, acted_by_name, reason, source, scope_id)
    VALUES (act, act_code, clock_timestamp(), act_by, act_by_name, act_reason, '{"kind": "form"}', act_scope);
    INSERT INTO journal_entry (seq, act_id, scope_id, record_type, record_key, before, after)
    SELECT nextval('journal_entry_seq_seq'), act, act_scope, line ->> 'type', line ->> 'key', line ->> 'before', line ->> 'after'
    FROM jsonb_array_elements(lines) WITH ORDINALITY AS every(line, place) ORDER BY place;
END $$;

-- What the journal says of an account: never its password or secrets.
CREATE FUNCTION access_told(of_user bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object(
        'username', u.username, 'display_name', u.display_name, 'is_active', u.is_active,
        'is_password_handed_out', u.is_password_handed_out,
        'second_factor', EXISTS (SELECT 1 FROM access_secondfactor f WHERE f.user_id = u.id AND f.enrolled_at IS NOT NULL))
    FROM access_user u WHERE u.id = of_user
$$;
REVOKE ALL ON FUNCTION access_told(bigint) FROM PUBLIC, {web};

CREATE FUNCTION access_account_line(of_user bigint, told_before jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object('type', 'access.user', 'key', u.username, 'before', told_before::text, 'after', access_told(u.id)::text)
    FROM access_user u WHERE u.id = of_user
$$;
REVOKE ALL ON FUNCTION access_account_line(bigint, jsonb) FROM PUBLIC, {web};

-- Journal an act of somebody on their own account.
CREATE FUNCTION access_journal_own(act_code text, of_user bigint, told_before jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT access_journal(act_code, u.username, u.display_name, '', NULL, jsonb_build_array(access_account_line(u.id, told_before)))
    FROM access_user u WHERE u.id = of_user
$$;
REVOKE ALL ON FUNCTION access_journal_own(text, bigint, jsonb) FROM PUBLIC, {web};

-- The user of the carried session, where it has come to one of these stages.
CREATE FUNCTION access_user_at(VARIADIC stages text[]) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found bigint;
BEGIN
    SELECT s.user_id INTO found FROM access_session_now() s WHERE s.stage = ANY (stages);
    IF found IS NULL THEN RAISE EXCEPTION 'not_signed_in' USING ERRCODE = 'insufficient_privilege'; END IF;
    RETURN found;
END $$;

-- A new password ends every other session of its owner.
CREATE FUNCTION access_change_password(hashed text, proof text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE own bigint := access_user_at('password', 'full'); told jsonb := access_told(own);
BEGIN
    PERFORM access_check_proof(proof, 'password', own::text, hashed);
    UPDATE access_user SET password = hashed, is_password_handed_out = false, password_expires_at = NULL WHERE id = own;
    UPDATE access_session SET ended_at = clock_timestamp()
    WHERE user_id = own AND ended_at IS NULL AND digest <> access_hash(current_setting('shanhai.session', true));
    PERFORM access_journal_own('access.password.changed', own, told);
END $$;

-- The sealed secret of the carried session's own user; only the application can open it.
CREATE FUNCTION access_factor() RETURNS TABLE (user_id bigint, sealed text, enrolled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.user_id, f.sealed, f.enrolled_at IS NOT NULL FROM access_secondfactor f JOIN access_session_now() s ON s.user_id = f.user_id
$$;

-- Lay down a secret that is not in force yet; one in force stays as it is.
CREATE FUNCTION access_begin_factor(new_sealed text, proof text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE own bigint := access_user_at('factor', 'full');
BEGIN
    PERFORM access_check_proof(proof, 'begin', own::text, new_sealed);
    INSERT INTO access_secondfactor AS kept (user_id, sealed) VALUES (own, new_sealed)
    ON CONFLICT (user_id) DO UPDATE SET sealed = new_sealed, last_step = 0 WHERE kept.enrolled_at IS NULL;
END $$;

CREATE FUNCTION access_enrol_factor(step bigint, codes text[], proof text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE own bigint := access_user_at('factor', 'full'); told jsonb := access_told(own);
BEGIN
    PERFORM access_check_proof(proof, 'enrol', own::text, step::text);
    UPDATE access_secondfactor SET enrolled_at = clock_timestamp(), last_step = step WHERE user_id = own AND enrolled_at IS NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'factor_in_force' USING ERRCODE = 'insufficient_privilege'; END IF;
    DELETE FROM access_recoverycode WHERE user_id = own;
    INSERT INTO access_recoverycode (user_id, digest) SELECT own, code FROM unnest(codes) AS code;
    PERFORM access_journal_own('access.factor.enrolled', own, told);
END $$;

-- Whether this code was not used before; it is used now.
CREATE FUNCTION access_use_step(step bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE access_secondfactor SET last_step = step
    WHERE user_id = access_user_at('code', 'full') AND enrolled_at IS NOT NULL AND last_step < step;
    RETURN FOUND;
END $$;

CREATE FUNCTION access_use_recovery(code text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE access_recoverycode SET used_at = clock_timestamp()
    WHERE user_id = access_user_at('code', 'full') AND digest = code AND used_at IS NULL;
    RETURN FOUND;
END $$;

CREATE FUNCTION access_recovery_left() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM access_recoverycode r WHERE r.user_id = access_user() AND r.used_at IS NULL
$$;

CREATE FUNCTION access_remove_factor(proof text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE own bigint := access_user_at('full'); told jsonb := access_told(own);
BEGIN
    PERFORM access_check_proof(proof, 'remove', own::text);
    DELETE FROM access_recoverycode WHERE user_id = own;
    DELETE FROM access_secondfactor WHERE user_id = own;
    PERFORM access_journal_own('access.factor.removed', own, told);
END $$;

CREATE FUNCTION access_enrolled(of_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM access_secondfactor f WHERE f.user_id = of_user AND f.enrolled_at IS NOT NULL)
$$;

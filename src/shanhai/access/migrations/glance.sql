-- What a page may depend on, in one question: who the session belongs to, everything they were granted, and the head
-- of the journal. No session, one that ended, an account that was closed: no line.
CREATE FUNCTION access_glance(token text) RETURNS TABLE (user_id bigint, rights text, head bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('shanhai.session', token, true);
    user_id := access_user();
    IF user_id IS NULL THEN
        RETURN;
    END IF;
    SELECT coalesce(md5(string_agg(g::text, ';' ORDER BY g.id)), '') INTO rights FROM access_grants() g;
    SELECT coalesce(max(n), 0) INTO head FROM journal_link;
    RETURN NEXT;
END $$;

-- Carry a session for the transaction that is open, and tell whose it is and which books they reach, in one question.
CREATE FUNCTION access_carry(token text) RETURNS TABLE (user_id bigint, username text, name text, founds boolean, books json)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('shanhai.session', token, true);
    RETURN QUERY SELECT u.id, u.username::text, u.display_name::text, access_founds_scopes(),
        (SELECT coalesce(json_agg(json_build_array(r.scope_id, r.side, r.role)), '[]'::json) FROM access_reached() r)
        FROM access_user u WHERE u.id = access_user();
END $$;

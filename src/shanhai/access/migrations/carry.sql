-- The two questions every request begins with, now also telling whether it is time to note that the session is used,
-- and whether its user administers anything. What else they tell is as it was (glance.sql).

DROP FUNCTION access_glance(text);
DROP FUNCTION access_carry(text);

CREATE FUNCTION access_glance(token text) RETURNS TABLE (user_id bigint, rights text, head bigint, touch_due boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('shanhai.session', token, true);
    user_id := access_user();
    IF user_id IS NULL THEN
        RETURN;
    END IF;
    SELECT coalesce(md5(string_agg(g::text, ';' ORDER BY g.id)), '') INTO rights FROM access_grants() g;
    SELECT coalesce(max(n), 0) INTO head FROM journal_link;
    touch_due := access_touch_due();
    RETURN NEXT;
END $$;

CREATE FUNCTION access_carry(token text)
RETURNS TABLE (user_id bigint, username text, name text, founds boolean, administers boolean, touch_due boolean, books json)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('shanhai.session', token, true);
    RETURN QUERY SELECT u.id, u.username::text, u.display_name::text, access_founds_scopes(), access_administers(), access_touch_due(),
        (SELECT coalesce(json_agg(json_build_array(r.scope_id, r.side, r.role)), '[]'::json) FROM access_reached() r)
        FROM access_user u WHERE u.id = access_user();
END $$;

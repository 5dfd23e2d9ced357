-- What the measures of the running site may know of tables it does not see: two counts, and no row of them.
-- Runs under its owner's rights, so it names its search path with pg_temp last.
CREATE FUNCTION asking_running() RETURNS TABLE (sessions_open bigint, loads bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (SELECT count(*) FROM access_session WHERE ended_at IS NULL AND expires_at > clock_timestamp()),
           (SELECT count(*) FROM journal_act WHERE code IN ('loading.workbook.loaded', 'loading.workbook.corrected'))
$$;

-- The journal's own rules, below every program: entries are only ever added, each with the digest of
-- its content, and each statement becomes one link of a chain. A link folds the digests of its entries and
-- of the acts they belong to, so who, when and why are held as well.
--
-- Functions that run under their owner's rights name their search path with pg_temp last: else a session
-- could lay a temporary table of the same name before them.

CREATE FUNCTION journal_digest(seq bigint, act_id uuid, scope_id bigint, record_type text, record_key text, before text, after text)
RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.sha256(pg_catalog.convert_to(
        seq::text || '|' || act_id::text || '|' || coalesce(scope_id::text, '-') || '|' || record_type || '|' || record_key || '|'
        || coalesce(before, '-') || '|' || coalesce(after, '-'), 'UTF8'))
$$;

-- The digest is the database's own, whatever the writer says; spelt out, for a call per row costs as much again.
CREATE FUNCTION journal_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.digest := pg_catalog.sha256(pg_catalog.convert_to(
        NEW.seq::text || '|' || NEW.act_id::text || '|' || coalesce(NEW.scope_id::text, '-') || '|' || NEW.record_type || '|' || NEW.record_key || '|'
        || coalesce(NEW.before, '-') || '|' || coalesce(NEW.after, '-'), 'UTF8'));
    RETURN NEW;
END $$;

CREATE FUNCTION journal_head(previous bytea, folded bytea, n bigint, first_seq bigint, last_seq bigint, entry_count bigint)
RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.sha256(previous || folded || pg_catalog.convert_to(pg_catalog.concat_ws('|', n, first_seq, last_seq, entry_count), 'UTF8'))
$$;

CREATE FUNCTION journal_act_digest(act journal_act)
RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(
        act.id, act.code, extract(epoch FROM act.acted_at), act.acted_by, act.acted_by_name, act.reason, act.scope_id, act.source)::text, 'UTF8'))
$$;

CREATE FUNCTION journal_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last journal_link%ROWTYPE;
    lowest bigint; highest bigint; amount bigint; fold bytea; acts bytea; missing uuid; prior bytea; place bigint;
BEGIN
    SELECT min(seq), max(seq), count(*), string_agg(digest, ''::bytea ORDER BY seq)
      INTO lowest, highest, amount, fold FROM fresh;
    IF amount = 0 THEN RETURN NULL; END IF;
    SELECT string_agg(journal_act_digest(a), ''::bytea ORDER BY a.id), (array_agg(f.act_id) FILTER (WHERE a.id IS NULL))[1]
      INTO acts, missing FROM (SELECT DISTINCT act_id FROM fresh) f LEFT JOIN journal_act a ON a.id = f.act_id;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION '日志条目所属的操作 % 没有登记', missing USING ERRCODE = 'data_exception';
    END IF;
    fold := sha256(fold || acts);
    PERFORM pg_advisory_xact_lock(5113813310);
    SELECT * INTO last FROM journal_link ORDER BY n DESC LIMIT 1;
    IF lowest <= coalesce(last.last_seq, 0) THEN
        RAISE EXCEPTION '日志条目 % 的序号不在链尾之后', lowest USING ERRCODE = 'data_exception';
    END IF;
    prior := coalesce(last.head, '\x'::bytea);
    place := coalesce(last.n, 0) + 1;
    INSERT INTO journal_link (n, first_seq, last_seq, entry_count, folded, previous, head, linked_at)
    VALUES (place, lowest, highest, amount, fold, prior, journal_head(prior, fold, place, lowest, highest, amount), clock_timestamp());
    RETURN NULL;
END $$;

CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '日志只能追加，不能修改、删除或清空（%）', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER journal_entry_sealed BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_seal();
CREATE TRIGGER journal_entry_chain AFTER INSERT ON journal_entry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION journal_chain();
CREATE TRIGGER journal_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_link_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_link FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_act_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_act FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

-- Where each statement's entries lie, and whose act they belong to: one line per statement and record type, so that
-- a page of the journal is found by small indexes here instead of large ones on the entries. The lines follow from
-- entries and acts; a proof of the journal does not read them.

CREATE FUNCTION journal_keep_spans() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO journal_span (last_seq, first_seq, entry_count, act_id, scope_id, record_type, code, acted_by, acted_at)
    SELECT s.highest, s.lowest, s.amount, s.act_id, s.scope_id, s.record_type, a.code, a.acted_by, a.acted_at
    FROM (SELECT act_id, scope_id, record_type, min(seq) AS lowest, max(seq) AS highest, count(*) AS amount
          FROM fresh GROUP BY act_id, scope_id, record_type) s
    JOIN journal_act a ON a.id = s.act_id;
    RETURN NULL;
END $$;

-- What was written before this table was there.
INSERT INTO journal_span (last_seq, first_seq, entry_count, act_id, scope_id, record_type, code, acted_by, acted_at)
SELECT s.highest, s.lowest, s.amount, s.act_id, s.scope_id, s.record_type, a.code, a.acted_by, a.acted_at
FROM (SELECT l.n, e.act_id, e.scope_id, e.record_type, min(e.seq) AS lowest, max(e.seq) AS highest, count(*) AS amount
      FROM journal_link l JOIN journal_entry e ON e.seq BETWEEN l.first_seq AND l.last_seq
      GROUP BY l.n, e.act_id, e.scope_id, e.record_type) s
JOIN journal_act a ON a.id = s.act_id;

CREATE TRIGGER journal_entry_spanned AFTER INSERT ON journal_entry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION journal_keep_spans();
CREATE TRIGGER journal_span_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_span FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

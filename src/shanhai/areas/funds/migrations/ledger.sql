-- The ledger: every record of money is posted by the database as lines that add up to nothing, and no
-- account stands below zero when an act ends. A correction takes the old lines back and posts the new ones in
-- one statement.

CREATE FUNCTION funds_post() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    record_type text := TG_ARGV[0];
    day_column text := TG_ARGV[1];
    lines text := TG_ARGV[2];
    reversal text := '';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        reversal := format(
            'UNION ALL SELECT p.scope_id, p.owner_side, p.record_type, p.record_key, p.account, -sum(p.amount_fen)::bigint, max(r.%I), max(r.entry)
             FROM funds_posting p JOIN fresh r ON r.scope_id = p.scope_id AND r.key = p.record_key AND p.record_type = %L
             GROUP BY 1, 2, 3, 4, 5 HAVING sum(p.amount_fen) <> 0', day_column, record_type);
    END IF;
    EXECUTE format(
        'INSERT INTO funds_posting (scope_id, owner_side, record_type, record_key, account, amount_fen, posted_on, entry)
         SELECT r.scope_id, r.owner_side, %L, r.key, line.account, line.sign * r.amount_fen, r.%I, r.entry
         FROM fresh r CROSS JOIN LATERAL (VALUES %s) AS line(account, sign) WHERE line.account IS NOT NULL %s',
        record_type, day_column, lines, reversal);
    RETURN NULL;
END $$;

CREATE FUNCTION funds_keep_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE broken record;
BEGIN
    SELECT record_type, record_key, sum(amount_fen) AS off INTO broken FROM fresh
    GROUP BY scope_id, record_type, record_key HAVING sum(amount_fen) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '记账分录借贷不平：% % 相差 % 分', broken.record_type, broken.record_key, broken.off USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_posting_balanced';
    END IF;
    INSERT INTO funds_balance AS kept (scope_id, owner_side, account, amount_fen)
    SELECT scope_id, min(owner_side), account, sum(amount_fen) FROM fresh GROUP BY scope_id, account ORDER BY scope_id, account
    ON CONFLICT (scope_id, account) DO UPDATE SET amount_fen = kept.amount_fen + excluded.amount_fen;
    RETURN NULL;
END $$;

-- Held at the end of the act (or of the transaction), when all of its corrections stand: one load may lower an
-- allocation, its release and its payment together.
CREATE FUNCTION funds_refuse_overdraft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE standing bigint; drawn record;
BEGIN
    SELECT b.amount_fen INTO standing FROM funds_balance b WHERE b.id = NEW.id;
    IF standing >= 0 THEN RETURN NULL; END IF;
    SELECT p.record_type, p.record_key INTO drawn FROM funds_posting p
    WHERE p.scope_id = NEW.scope_id AND p.account = NEW.account AND p.amount_fen < 0 ORDER BY p.id DESC LIMIT 1;
    RAISE EXCEPTION '科目透支：%', NEW.account
        USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_balance_overdrawn',
              DETAIL = format('%s|%s|%s|%s', NEW.account, -standing, drawn.record_type, drawn.record_key);
END $$;

CREATE CONSTRAINT TRIGGER funds_balance_standing AFTER INSERT OR UPDATE ON funds_balance DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.amount_fen < 0 AND NEW.account NOT LIKE 'source/%' AND NEW.account NOT LIKE 'promised/%')
    EXECUTE FUNCTION funds_refuse_overdraft();

CREATE FUNCTION funds_check_carryover() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE broken record;
BEGIN
    SELECT c.key, sum_carried - coalesce(standing, 0) AS off INTO broken
    FROM fresh c,
         LATERAL (SELECT sum(x.amount_fen) AS sum_carried FROM funds_carryover x WHERE x.scope_id = c.scope_id
                  AND x.source_key = c.source_key AND x.project_key = c.project_key AND x.from_year = c.from_year) AS carried,
         LATERAL (SELECT sum(b.amount_fen) AS standing FROM funds_balance b WHERE b.scope_id = c.scope_id
                  AND b.account IN ('allocated/' || c.source_key || '/' || c.project_key, 'released/' || c.source_key || '/' || c.project_key)) AS left_over
    WHERE sum_carried > coalesce(standing, 0) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '结转超过未支付余额：%', broken.key USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_carryover_standing',
            DETAIL = format('carried|%s|funds.carryover|%s', broken.off, broken.key);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER funds_posting_kept AFTER INSERT ON funds_posting REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION funds_keep_balances();

DO $$
DECLARE posted record;
BEGIN
    FOR posted IN SELECT * FROM (VALUES
        ('issue', 'issued_on', $l$('issued/' || r.source_key, 1), ('source/' || r.source_key, -1), ('due/' || r.source_key, 1), ('promised/' || r.source_key, -1)$l$),
        ('allocation', 'allocated_on', $l$('allocated/' || r.source_key || '/' || coalesce(nullif(r.project_key, ''), 'unit:' || r.unit_name), 1), ('issued/' || r.source_key, -1)$l$),
        ('release', 'released_on', $l$(CASE r.kind_code WHEN 'transfer' THEN 'transit/' || r.source_key ELSE 'released/' || r.source_key || '/' || r.project_key END, 1),
                                      (CASE r.kind_code WHEN 'transfer' THEN 'due/' || r.source_key ELSE 'allocated/' || r.source_key || '/' || r.project_key END, -1)$l$),
        ('receipt', 'received_on', $l$('treasury/' || r.source_key, 1), ('transit/' || r.source_key, -1)$l$),
        ('payment', 'paid_on', $l$('paid/' || r.source_key || '/' || r.project_key || '/' || r.payee_name, 1), ('released/' || r.source_key || '/' || r.project_key, -1)$l$),
        ('refund', 'refunded_on', $l$('issued/' || r.source_key, 1), ('released/' || r.source_key || '/' || r.project_key, -1)$l$)
    ) AS declared(record, day_column, lines)
    LOOP
        EXECUTE format('CREATE TRIGGER funds_%1$s_posted AFTER INSERT ON funds_%1$s REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION funds_post(%2$L, %3$L, %4$L)',
                       posted.record, 'funds.' || posted.record, posted.day_column, posted.lines);
        EXECUTE format('CREATE TRIGGER funds_%1$s_reposted AFTER UPDATE ON funds_%1$s REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION funds_post(%2$L, %3$L, %4$L)',
                       posted.record, 'funds.' || posted.record, posted.day_column, posted.lines);
    END LOOP;
END $$;

CREATE TRIGGER funds_carryover_standing AFTER INSERT ON funds_carryover REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION funds_check_carryover();
CREATE TRIGGER funds_carryover_restanding AFTER UPDATE ON funds_carryover REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION funds_check_carryover();

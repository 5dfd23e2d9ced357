-- What only the whole of an act can show, held at its end (deferred), when all of its corrections stand: the list of a
-- round adds up to its decision, and a base never leases more land than it has on any day.
-- Of the rows an act inserts only the last of a round (of a base) looks; else a list of n lines would be added up n times.

CREATE FUNCTION planting_hold_list(asked_scope bigint, asked_round text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE decided bigint; total bigint; lines bigint;
BEGIN
    SELECT shared_fen INTO decided FROM planting_dividendround WHERE scope_id = asked_scope AND key = asked_round;
    SELECT sum(amount_fen), count(*) INTO total, lines FROM planting_dividendline WHERE scope_id = asked_scope AND round_key = asked_round;
    IF lines > 0 AND total IS DISTINCT FROM decided THEN
        RAISE EXCEPTION '分红名单与决定不符：%', asked_round USING ERRCODE = 'check_violation', CONSTRAINT = 'planting_dividendline_adds_up',
            DETAIL = format('%s|%s|%s|%s', asked_round, lines, total, coalesce(decided, 0));
    END IF;
END $$;

CREATE FUNCTION planting_line_held() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR NOT EXISTS (SELECT 1 FROM planting_dividendline WHERE scope_id = NEW.scope_id AND round_key = NEW.round_key AND id > NEW.id) THEN
        PERFORM planting_hold_list(NEW.scope_id, NEW.round_key);
        IF TG_OP = 'UPDATE' AND OLD.round_key <> NEW.round_key THEN
            PERFORM planting_hold_list(OLD.scope_id, OLD.round_key);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION planting_round_held() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM planting_hold_list(NEW.scope_id, NEW.key);
    RETURN NULL;
END $$;

CREATE FUNCTION planting_hold_land(asked_scope bigint, asked_base text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE land bigint; leased bigint;
BEGIN
    SELECT coalesce(sum(p.area_mu2), 0) INTO land FROM planting_parcel p
    WHERE p.scope_id = asked_scope AND p.base_key = asked_base
      AND NOT EXISTS (SELECT 1 FROM planting_parcel n WHERE n.scope_id = p.scope_id AND n.former_key = p.key);
    SELECT max(standing) INTO leased FROM (
        SELECT sum(moved) OVER (ORDER BY on_day, moved ROWS UNBOUNDED PRECEDING) AS standing FROM (
            SELECT first_on AS on_day, area_mu2 AS moved FROM planting_landlease WHERE scope_id = asked_scope AND base_key = asked_base
            UNION ALL
            SELECT last_on + 1, -area_mu2 FROM planting_landlease WHERE scope_id = asked_scope AND base_key = asked_base
        ) AS moves
    ) AS days;
    IF leased > land THEN
        RAISE EXCEPTION '流转面积超过地块：%', asked_base USING ERRCODE = 'check_violation', CONSTRAINT = 'planting_landlease_fits',
            DETAIL = format('%s|%s|%s', asked_base, leased, land);
    END IF;
END $$;

CREATE FUNCTION planting_lease_held() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR NOT EXISTS (SELECT 1 FROM planting_landlease WHERE scope_id = NEW.scope_id AND base_key = NEW.base_key AND id > NEW.id) THEN
        PERFORM planting_hold_land(NEW.scope_id, NEW.base_key);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION planting_parcel_held() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM planting_hold_land(OLD.scope_id, OLD.base_key);
    IF NEW.former_key <> '' THEN
        PERFORM planting_hold_land(p.scope_id, p.base_key) FROM planting_parcel p WHERE p.scope_id = NEW.scope_id AND p.key = NEW.former_key;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION planting_upgrade_held() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM planting_hold_land(p.scope_id, p.base_key) FROM planting_parcel p WHERE p.scope_id = NEW.scope_id AND p.key = NEW.former_key;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER planting_dividendline_adds_up AFTER INSERT OR UPDATE ON planting_dividendline DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION planting_line_held();
CREATE CONSTRAINT TRIGGER planting_dividendround_listed AFTER UPDATE ON planting_dividendround DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.shared_fen <> NEW.shared_fen) EXECUTE FUNCTION planting_round_held();
CREATE CONSTRAINT TRIGGER planting_landlease_fits AFTER INSERT OR UPDATE ON planting_landlease DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION planting_lease_held();
CREATE CONSTRAINT TRIGGER planting_parcel_holds AFTER UPDATE ON planting_parcel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION planting_parcel_held();
CREATE CONSTRAINT TRIGGER planting_parcel_upgrades AFTER INSERT ON planting_parcel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.former_key <> '') EXECUTE FUNCTION planting_upgrade_held();

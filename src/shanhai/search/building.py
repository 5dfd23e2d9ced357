"""Which columns of which records are searched, made into a function of the database after each migration.

The function reads the journal on from where it stopped and writes a document per record. It is not a trigger of the
records: cutting 200,000 rows into tokens takes longer than loading them, and a load must not wait for it. What is not
read yet is searched in the journal itself.
"""

import hashlib

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from psycopg import sql

from shanhai.journal.models import Record
from shanhai.search.tokens import HAN

_NEVER = {"key", "scheme", "owner_side", "stage", "record_type"}
#: Endings of columns that hold no words to find: personal values, references, how exact a day is.
_ENDINGS = ("_sealed", "_index", "_mask", "_key", "_precision")

_CUTTING = """
    CREATE OR REPLACE FUNCTION search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT btrim(regexp_replace(translate(normalize(given, NFKC), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'),
                                    '[^0-9a-z{han}]+', ' ', 'g'))
    $$;
    CREATE OR REPLACE FUNCTION search_tokens(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT token), '{{}}') FROM (
            SELECT CASE WHEN ascii(piece) < 128 OR length(piece) = 1 THEN piece ELSE substr(piece, place, 2) END AS token
            FROM string_to_table(regexp_replace(words, '[0-9a-z]+', ' \\& ', 'g'), ' ') AS piece
            CROSS JOIN LATERAL generate_series(1, CASE WHEN ascii(piece) < 128 THEN 1 ELSE greatest(length(piece) - 1, 1) END) AS place
            WHERE piece <> '') AS cut
    $$
"""
_FILLING = """
    CREATE OR REPLACE FUNCTION search_catch_up(most integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE low bigint; high bigint; kind text;
    BEGIN
        SELECT last_seq INTO low FROM search_progress FOR UPDATE SKIP LOCKED;
        IF NOT FOUND THEN RETURN 0; END IF;
        SELECT max(seq) INTO high FROM (SELECT seq FROM journal_entry WHERE seq > low ORDER BY seq LIMIT greatest(most, 1)) AS next;
        IF high IS NULL THEN RETURN 0; END IF;
        FOR kind IN SELECT DISTINCT record_type FROM journal_entry WHERE seq > low AND seq <= high LOOP
            CASE kind
            {kinds}
            ELSE NULL;
            END CASE;
        END LOOP;
        UPDATE search_progress SET last_seq = high;
        RETURN high - low;
    END $$
"""
_KIND = """
            WHEN {kind} THEN
                INSERT INTO search_document AS known (scope_id, record_type, record_key, entry, words, tokens)
                SELECT told.scope_id, {kind}, told.key, told.entry, told.words, search_tokens(told.words)
                FROM (SELECT r.scope_id, r.key, r.entry, search_text(concat_ws(' ', substr(r.key, strpos(r.key, '/') + 1), {columns})) AS words
                      FROM {table} r WHERE (r.scope_id, r.key) IN (
                          SELECT e.scope_id, e.record_key FROM journal_entry e WHERE e.seq > low AND e.seq <= high AND e.record_type = {kind}
                      )) AS told
                ON CONFLICT (record_type, record_key, scope_id) DO UPDATE
                SET entry = excluded.entry, words = excluded.words, tokens = excluded.tokens
                WHERE known.entry <> excluded.entry OR known.words <> excluded.words OR known.tokens <> excluded.tokens;
"""
# The wall stands inside the function: containment of arrays is no leakproof operator, so that a policy beside it
# would keep the index from being used.
_FINDING = """
    CREATE OR REPLACE FUNCTION search_find(kinds text[], within bigint, needed text[], phrases text[], after text, most integer)
    RETURNS TABLE (kind text, key text, entry bigint, scope bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE seen bigint[] := ARRAY(SELECT s FROM access_scopes() AS s WHERE within IS NULL OR s = within);
    BEGIN
        IF cardinality(needed) = 0 THEN RETURN; END IF;
        FOREACH kind IN ARRAY kinds LOOP
            RETURN QUERY EXECUTE 'SELECT record_type::text, record_key::text, entry, scope_id FROM search_document
                WHERE record_type = $1 AND tokens @> $2 AND scope_id = ANY ($3) AND words LIKE ALL ($4) AND record_key > $5
                ORDER BY record_key LIMIT $6' USING kind, needed, seen, phrases, after, most;
        END LOOP;
    END $$
"""


def searched_models() -> list[type[Record]]:
    """Every type of record that stands in a table of its own."""
    found = [model for model in apps.get_models() if issubclass(model, Record) and model._meta.managed]
    return sorted(found, key=lambda model: model.type_name())


def searched_columns(model: type[Record]) -> list[str]:
    """The columns whose words are searched: text that is no code, no reference and no personal value."""
    texts = (field for field in model._meta.concrete_fields if isinstance(field, models.CharField | models.TextField))
    return [
        str(field.column)
        for field in texts
        if field.column not in _NEVER and not str(field.column).endswith(_ENDINGS) and not field.flatchoices
    ]


def build(using: str) -> None:
    """Build or rebuild the functions over the owner's connection; where records are read otherwise, all are read anew."""
    statements = [_CUTTING.format(han=HAN), _filling(), _FINDING]
    recipe = hashlib.sha256("".join(statements).encode()).hexdigest()
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        for function in ("search_catch_up(integer)", "search_find(text[], bigint, text[], text[], text, integer)"):
            cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
            cursor.execute(f'GRANT EXECUTE ON FUNCTION {function} TO "{settings.WEB_ROLE}"')
        cursor.execute("SELECT search_begin(%s)", [recipe])


def _filling() -> str:
    kinds = [
        sql.SQL(_KIND).format(
            kind=sql.Literal(model.type_name()),
            table=sql.Identifier(model._meta.db_table),
            columns=sql.SQL(", ").join(
                [sql.SQL("NULL"), *(sql.SQL("r.") + sql.Identifier(name) for name in searched_columns(model))]
            ),
        )
        for model in searched_models()
    ]
    return _FILLING.format(kinds=sql.SQL("").join(kinds).as_string())

"""What a home holds, told so that two programs can be compared: `python tests/upgrade/told.py > before-0.1.json`.

Every table of records and of the journal, as its number of rows and a hash over each column; and every figure
as the command line gives it. Run once by the program that made the backup, on the home restored from it (SHANHAI_HOME,
SHANHAI_KEYS); the test runs it again by today's program, over the columns there were.
"""

import hashlib
import json
import subprocess
import sys

import psycopg
from psycopg import sql

from shanhai.database import Cluster, home_from_environment

#: Not the office's own: steps taken, sessions, the secret given anew at each start, and what comes with each program.
LEFT_OUT = {"django_migrations", "access_session", "access_secret", "reference_region", "reference_calendarday"}
#: What numbers the rows of a table.
NUMBERS = ("id", "seq", "n")
PAIRING = "331081-511381"
ASKED = {
    "by the day": ["--as-of", "2024-06-30"],
    "of a year": ["--year", "2023", "--as-of", "2024-06-30"],
    "of the year before": ["--year", "2022", "--as-of", "2024-06-30"],
}


def tables_of(connection):
    """The columns of each table, in alphabetical order."""
    found = {}
    rows = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1, 2"
    )
    for table, column in rows:
        if table not in LEFT_OUT:
            found.setdefault(table, []).append(column)
    return found


def told_table(connection, table, columns):
    """The number of rows, and for each column the hash over its values in the order of the rows' numbers."""
    number = next(name for name in NUMBERS if name in columns)
    ask = sql.SQL("SELECT to_jsonb(t) FROM {} t ORDER BY {}").format(sql.Identifier(table), sql.Identifier(number))
    rows = [row for (row,) in connection.execute(ask)]
    return {"rows": len(rows), "columns": {name: _hash([row.get(name) for row in rows]) for name in columns}}


def _hash(values):
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def told_tables(columns_of=None):
    """Every table; or only those named, by the columns named."""
    with psycopg.connect(Cluster(home_from_environment()).url("admin"), autocommit=True) as connection:
        connection.execute("SET timezone = 'Asia/Shanghai'")
        chosen = columns_of or tables_of(connection)
        return {table: told_table(connection, table, columns) for table, columns in chosen.items()}


def told_digests():
    """The digests of all entries as the links have kept them since they left the entries, told as that column was."""
    with psycopg.connect(Cluster(home_from_environment()).url("admin"), autocommit=True) as connection:
        links = [digests.hex() for (digests,) in connection.execute("SELECT digests FROM journal_link ORDER BY n")]
    return _hash(["\\x" + link[start : start + 64] for link in links for start in range(0, len(link), 64)])


def told_figures():
    """Every figure of the example, by its name, for several times."""
    found = {}
    for name, asked in ASKED.items():
        command = [sys.executable, "-m", "shanhai.cli", "figures", "--pairing", PAIRING, *asked, "--json"]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        figures = json.loads(answer.stdout)["figures"]
        found[name] = {one["figure"]: {key: one[key] for key in ("value", "unit", "stage", "rows")} for one in figures}
    return found


if __name__ == "__main__":
    told = {"tables": told_tables(), "figures": told_figures()}
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")

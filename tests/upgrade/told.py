"""What a home holds, told so that two programs can be compared: `python tests/upgrade/told.py > before-0.1.json`.

Every table of records and of the journal, as its columns, its number of rows and one hash over them; and every figure
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
    """The columns, the number of rows and the hash over all of them, whatever their order on disk."""
    rows = connection.execute(sql.SQL("SELECT to_jsonb(t) FROM {} t").format(sql.Identifier(table)))
    lines = sorted(
        json.dumps([row.get(name) for name in columns], ensure_ascii=False, sort_keys=True) for (row,) in rows
    )
    return {"columns": columns, "rows": len(lines), "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest()}


def told_tables(columns_of=None):
    """Every table; or only those named, by the columns named."""
    with psycopg.connect(Cluster(home_from_environment()).url("admin"), autocommit=True) as connection:
        connection.execute("SET timezone = 'Asia/Shanghai'")
        chosen = columns_of or tables_of(connection)
        return {table: told_table(connection, table, columns) for table, columns in chosen.items()}


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

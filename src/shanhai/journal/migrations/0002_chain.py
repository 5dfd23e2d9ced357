from pathlib import Path

from django.conf import settings
from django.db import migrations

from shanhai.database.roles import JOURNAL, handing_over

CALLED = (
    "journal_digest(bigint, uuid, bigint, text, text, text, text)",
    "journal_head(bytea, bytea, bigint, bigint, bigint, bigint)",
    "journal_act_digest(journal_act)",
)
#: Nobody may execute these: whoever may could hang them on a table of their own and feed the chain with it.
TRIGGERED = ("journal_seal()", "journal_chain()", "journal_refuse()")


def hand_over(apps, schema_editor):
    """Give the journal to its own role: from here on neither the web nor the owner role can change it."""
    others = f"{settings.WEB_ROLE}, {settings.OWNER_ROLE}"
    for function in (*CALLED, *TRIGGERED):
        schema_editor.execute(f"ALTER FUNCTION {function} OWNER TO {JOURNAL}")
        schema_editor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC, {others}")
    for function in CALLED:
        schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {others}")
    for table, web in (("journal_entry", "SELECT, INSERT"), ("journal_act", "SELECT, INSERT"), ("journal_link", "SELECT")):
        schema_editor.execute(handing_over(table, web=web, web_role=settings.WEB_ROLE, owner_role=settings.OWNER_ROLE))
    schema_editor.execute(f"GRANT USAGE ON SEQUENCE journal_entry_seq_seq TO {settings.WEB_ROLE}")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL((Path(__file__).parent / "journal.sql").read_text("utf-8"), migrations.RunSQL.noop),
        migrations.RunPython(hand_over, migrations.RunPython.noop),
    ]

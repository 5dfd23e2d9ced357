"""One question tells whether a page may be shown again."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0002_functions"), ("journal", "0002_chain")]
    operations = [
        migrations.RunSQL(
            (Path(__file__).parent / "glance.sql").read_text(encoding="utf-8"), "DROP FUNCTION access_glance(text); DROP FUNCTION access_carry(text)"
        )
    ]

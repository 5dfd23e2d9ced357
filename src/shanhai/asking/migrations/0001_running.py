from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0002_functions"), ("journal", "0002_chain")]

    operations = [migrations.RunSQL((Path(__file__).parent / "running.sql").read_text("utf-8"), migrations.RunSQL.noop)]

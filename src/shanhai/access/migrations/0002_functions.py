from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("reference", "0001_initial")]

    operations = [migrations.RunSQL((Path(__file__).parent / "access.sql").read_text("utf-8"), migrations.RunSQL.noop)]

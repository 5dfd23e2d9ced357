from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("planting", "0001_initial")]

    operations = [migrations.RunSQL((Path(__file__).parent / "rules.sql").read_text("utf-8"), migrations.RunSQL.noop)]

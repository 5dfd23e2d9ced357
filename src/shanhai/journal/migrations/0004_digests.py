from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_spans")]

    operations = [
        migrations.RunSQL(
            (Path(__file__).parent / "digests.sql").read_text("utf-8"),
            migrations.RunSQL.noop,
            state_operations=[
                migrations.RemoveField("Entry", "digest"),
                migrations.AddField("Link", "digests", models.BinaryField(verbose_name="逐条摘要")),
            ],
        ),
    ]

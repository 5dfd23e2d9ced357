from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from shanhai.database.roles import JOURNAL, handing_over

FUNCTION = "journal_keep_spans()"


def hand_over(apps, schema_editor):
    """Give the lines of statements to the journal's own role, as its other tables; nobody may call what fills them."""
    schema_editor.execute(f"ALTER FUNCTION {FUNCTION} OWNER TO {JOURNAL}")
    schema_editor.execute(f"REVOKE ALL ON FUNCTION {FUNCTION} FROM PUBLIC, {settings.WEB_ROLE}, {settings.OWNER_ROLE}")
    schema_editor.execute(
        handing_over("journal_span", web="SELECT", web_role=settings.WEB_ROLE, owner_role=settings.OWNER_ROLE)
    )


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0002_chain'),
    ]

    operations = [
        migrations.CreateModel(
            name='Span',
            fields=[
                ('last_seq', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='末条')),
                ('first_seq', models.BigIntegerField(verbose_name='首条')),
                ('entry_count', models.BigIntegerField(verbose_name='条数')),
                ('act_id', models.UUIDField(verbose_name='操作编号')),
                ('scope_id', models.BigIntegerField(null=True, verbose_name='范围')),
                ('record_type', models.CharField(max_length=60, verbose_name='记录类型')),
                ('code', models.CharField(max_length=60, verbose_name='操作')),
                ('acted_by', models.CharField(max_length=60, verbose_name='经办账号')),
                ('acted_at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '日志段',
                'verbose_name_plural': '日志段',
            },
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['last_seq'], name='journal_link_last'),
        ),
        migrations.AddIndex(
            model_name='span',
            index=models.Index(fields=['act_id'], name='journal_span_act'),
        ),
        migrations.AddIndex(
            model_name='span',
            index=models.Index(fields=['scope_id', 'last_seq'], name='journal_span_scope'),
        ),
        migrations.AddIndex(
            model_name='span',
            index=models.Index(fields=['scope_id', 'record_type', 'last_seq'], name='journal_span_type'),
        ),
        migrations.AddIndex(
            model_name='span',
            index=models.Index(fields=['scope_id', 'code', 'last_seq'], name='journal_span_code'),
        ),
        migrations.AddIndex(
            model_name='span',
            index=models.Index(fields=['scope_id', 'acted_by', 'last_seq'], name='journal_span_author'),
        ),
        migrations.AddIndex(
            model_name='span',
            index=models.Index(fields=['acted_at'], name='journal_span_day'),
        ),
        migrations.RunSQL((Path(__file__).parent / "spans.sql").read_text("utf-8"), migrations.RunSQL.noop),
        migrations.RunPython(hand_over, migrations.RunPython.noop),
    ]

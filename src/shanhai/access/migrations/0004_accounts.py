from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from shanhai.database.roles import JOURNAL

HERE = Path(__file__).parent
LINES = "access_journal(text, text, text, text, bigint, jsonb)"


def functions(apps, schema_editor):
    """Lay down the functions; `{web}` in their text is the role they are kept from."""
    for name in ("sessions.sql", "second_factor.sql", "accounts.sql", "carry.sql"):
        text = (HERE / name).read_text("utf-8")
        schema_editor.execute(text.replace("{web}", f'"{settings.WEB_ROLE}"'), params=None)


def hand_over(apps, schema_editor):
    """The journal's lines about accounts are written by the journal's role, asked by the owner's functions alone."""
    schema_editor.execute(f"ALTER FUNCTION {LINES} OWNER TO {JOURNAL}")
    schema_editor.execute(f'REVOKE ALL ON FUNCTION {LINES} FROM PUBLIC, "{settings.WEB_ROLE}"')
    schema_editor.execute(f'GRANT EXECUTE ON FUNCTION {LINES} TO "{settings.OWNER_ROLE}"')



class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_glance'),
        ('journal', '0002_chain'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='摘要')),
                ('failed_count', models.IntegerField(verbose_name='失败次数')),
                ('failed_at', models.DateTimeField(verbose_name='最近失败时间')),
                ('waits_until_at', models.DateTimeField(null=True, verbose_name='等到')),
            ],
            options={
                'verbose_name': '登录失败',
                'verbose_name_plural': '登录失败',
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('used_at', models.DateTimeField(null=True, verbose_name='使用时间')),
            ],
            options={
                'verbose_name': '恢复码',
                'verbose_name_plural': '恢复码',
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.user', verbose_name='账号')),
                ('sealed', models.TextField(verbose_name='密文')),
                ('enrolled_at', models.DateTimeField(null=True, verbose_name='启用时间')),
                ('last_step', models.BigIntegerField(db_default=0, default=0, verbose_name='最近用过的时间步')),
            ],
            options={
                'verbose_name': '二次验证',
                'verbose_name_plural': '二次验证',
            },
        ),
        migrations.AddField(
            model_name='session',
            name='address',
            field=models.CharField(blank=True, db_default='', max_length=45, verbose_name='网络地址'),
        ),
        migrations.AddField(
            model_name='session',
            name='agent',
            field=models.CharField(blank=True, db_default='', max_length=200, verbose_name='浏览器'),
        ),
        migrations.AddField(
            model_name='session',
            name='idle_seconds',
            field=models.IntegerField(db_default=36000, default=36000, verbose_name='闲置时限（秒）'),
        ),
        migrations.AddField(
            model_name='session',
            name='seen_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='最近使用时间'),
        ),
        migrations.AddField(
            model_name='session',
            name='stage',
            field=models.CharField(choices=[('code', '等待验证码'), ('password', '须改密码'), ('factor', '须启用二次验证'), ('full', '已登录')], db_default='full', default='full', max_length=8, verbose_name='登录步骤'),
        ),
        migrations.AddField(
            model_name='user',
            name='is_password_handed_out',
            field=models.BooleanField(db_default=False, default=False, verbose_name='须改密码'),
        ),
        migrations.AddField(
            model_name='user',
            name='password_expires_at',
            field=models.DateTimeField(null=True, verbose_name='一次性密码失效时间'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['user', 'ended_at'], name='access_session_open'),
        ),
        migrations.AddIndex(
            model_name='attempt',
            index=models.Index(fields=['failed_at'], name='access_attempt_failed'),
        ),
        migrations.AddField(
            model_name='recoverycode',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.user', verbose_name='账号'),
        ),
        migrations.AddConstraint(
            model_name='recoverycode',
            constraint=models.UniqueConstraint(fields=('user', 'digest'), name='access_recoverycode_once'),
        ),
        # The account of the command line signs in by no password; homes made before gave it one that nobody knows.
        migrations.RunSQL(
            "UPDATE access_user SET password = '!' WHERE username = 'operator' AND last_login IS NULL",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(functions, migrations.RunPython.noop),
        migrations.RunPython(hand_over, migrations.RunPython.noop),
    ]

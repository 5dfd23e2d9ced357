from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0003_readings'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('canonical_key', ''), _negated=True), fields=['scope', 'key'], name='reference_person_stands'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(condition=models.Q(('canonical_key', ''), _negated=True), fields=['scope', 'key'], name='reference_household_stands'),
        ),
    ]

"""The ideas that a data set answers, found once when it changes and not at each search."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("datasets", "0012_likeness")]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="ideas",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
    ]

"""A municipality's own questions in a joint round stand with its answer to the region."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0019_notices")]

    operations = [
        migrations.AddField(
            model_name="jointanswer",
            name="own_questions",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]

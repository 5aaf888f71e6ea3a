from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="dialogue",
            name="compares_with",
            field=models.JSONField(blank=True, default=list),
        ),
    ]

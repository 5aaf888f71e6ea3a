"""Mails about next steps: to whom, how many went, and whether the last one came back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogues", "0003_live_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="nextstep",
            name="mail_failed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="mailed_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="mails",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="owner_email",
            field=models.EmailField(blank=True, max_length=254),
        ),
    ]

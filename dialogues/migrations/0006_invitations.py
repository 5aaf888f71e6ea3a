"""Invitations by mail: who was invited, what they answered, and how often the calendar entry changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogues", "0005_talking_and_grouping"),
    ]

    operations = [
        migrations.AddField(
            model_name="dialogue",
            name="calendar_number",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="participant",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Has not answered"),
                    ("yes", "Comes"),
                    ("maybe", "Perhaps"),
                    ("no", "Can't come"),
                ],
                default="",
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="invited_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="participant",
            name="mail_failed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="participant",
            name="mailed_as",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="participant",
            name="reminded_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]

"""Slips with codes, and personal links, may be of a channel: it stands in their link, never with a code."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0015_joint_rounds"),
    ]

    operations = [
        migrations.AddField(
            model_name="codesheet",
            name="channel",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="surveys.channel",
            ),
        ),
        migrations.AlterField(
            model_name="channel",
            name="kind",
            field=models.CharField(
                choices=[
                    ("school", "School"),
                    ("follow_up", "The municipality's follow-up of those outside school (KAA)"),
                    ("employment", "The employment service"),
                    ("navigator", "The navigator centre"),
                    ("clinic", "The youth clinic"),
                    ("housing", "The housing company"),
                    ("instagram", "Instagram"),
                    ("mail", "Invited by mail"),
                    ("letter", "Invited by letter"),
                    ("other", "Another, with a name of your own"),
                ],
                default="other",
                max_length=12,
            ),
        ),
    ]

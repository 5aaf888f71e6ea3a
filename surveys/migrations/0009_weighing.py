"""Whether a round's results are told weighted to the population."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0008_questionnaire_drafts")]

    operations = [
        migrations.AddField(
            model_name="surveyround",
            name="weighing",
            field=models.CharField(
                choices=[
                    ("none", "Those who answered"),
                    ("population", "All young people who live in the municipality"),
                ],
                default="none",
                max_length=12,
            ),
        ),
    ]

"""Reading free texts, and how long answers are kept: shorter only."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SHORTER = """
CREATE FUNCTION survey_round_kept_shorter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kept_months > OLD.kept_months THEN
        RAISE EXCEPTION 'answers are never kept longer than was said' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.answers_deleted_at IS NOT NULL AND NEW.answers_deleted_at IS DISTINCT FROM OLD.answers_deleted_at THEN
        RAISE EXCEPTION 'deleted answers stay deleted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER survey_round_kept_shorter BEFORE UPDATE OF kept_months, answers_deleted_at ON surveys_surveyround
    FOR EACH ROW EXECUTE FUNCTION survey_round_kept_shorter();
GRANT MAINTAIN ON surveys_readtext TO vaxtkraft_worker;
"""

SHORTER_BACK = """
DROP TRIGGER survey_round_kept_shorter ON surveys_surveyround;
DROP FUNCTION survey_round_kept_shorter();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("datasets", "0017_category_groupings"),
        ("surveys", "0010_taking_part"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("surveyround", "kept_months", models.PositiveSmallIntegerField(default=12)),
        migrations.AddField("surveyround", "answers_deleted_at", models.DateTimeField(blank=True, null=True)),
        migrations.CreateModel(
            name="ReadText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("question", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True)),
                ("shown", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not read yet"),
                            ("one_yes", "Waits for a second person"),
                            ("approved", "Shown"),
                            ("rejected", "Not shown"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "first_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="datasets.voice",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.surveyround"
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.tenant",
                    ),
                ),
            ],
            options={
                "ordering": ["question", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shown", ""), ("state", "rejected"), ("text", ""))
                        | ~models.Q(("state", "rejected")),
                        name="read_text_words_gone_when_turned_down",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_by", None))
                        | models.Q(("second_by", None))
                        | ~models.Q(("first_by", models.F("second_by"))),
                        name="read_text_second_is_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SHORTER, SHORTER_BACK),
    ]

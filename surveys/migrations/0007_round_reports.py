"""A round's report to those who answered, and its editions, which never change.

An edition is what people have read: PostgreSQL lets it be withdrawn, and lets nothing else of it change.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

UNCHANGED = """
CREATE FUNCTION report_edition_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.tenant_id, NEW.round_id, NEW.number, NEW.content, NEW.evidence, NEW.what_is_new, NEW.published_at)
        IS DISTINCT FROM
        (OLD.tenant_id, OLD.round_id, OLD.number, OLD.content, OLD.evidence, OLD.what_is_new, OLD.published_at)
        OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
    THEN
        RAISE EXCEPTION 'an edition of a report never changes: publish a new one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER report_edition_never_changes BEFORE UPDATE ON surveys_reportedition
    FOR EACH ROW EXECUTE FUNCTION report_edition_never_changes();
"""

UNCHANGED_BACK = """
DROP TRIGGER report_edition_never_changes ON surveys_reportedition;
DROP FUNCTION report_edition_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("surveys", "0006_class_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("content", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="surveys.surveyround",
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
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ReportEdition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("evidence", models.JSONField(default=dict)),
                ("what_is_new", models.JSONField(default=dict)),
                ("published_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_editions",
                        to="surveys.surveyround",
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
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "number"), name="report_edition_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None), ("audience_id", models.F("tenant")), _connector="OR"
                        ),
                        name="report_edition_withdrawn_is_own",
                    ),
                ],
            },
        ),
        migrations.RunSQL(UNCHANGED, UNCHANGED_BACK),
    ]

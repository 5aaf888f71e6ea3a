"""A region's own system map, the offer map, and voices; what a region has published of its map never changes."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_tenant_audiences"),
        ("datasets", "0008_dataset_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                ("title", models.CharField(max_length=150)),
                ("description", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("promoting", "Promoting"),
                            ("preventing", "Preventing"),
                            ("remedial", "Remedial"),
                        ],
                        max_length=12,
                    ),
                ),
                ("provider", models.CharField(blank=True, max_length=150)),
                (
                    "age_bands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("15-17", "15–17"),
                                ("18-19", "18–19"),
                                ("20-24", "20–24"),
                                ("25-29", "25–29"),
                            ],
                            max_length=8,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "situations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("occupied", "In school, studies or work"),
                                ("neither", "Outside school, studies and work"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                ("contact", models.CharField(blank=True, max_length=150)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("is_synthetic", models.BooleanField(default=False)),
                ("sort_key", models.CharField(max_length=300)),
                ("former", models.JSONField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
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
                "ordering": ["sort_key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("age_bands__len__gt", 0), ("situations__len__gt", 0)),
                        name="offer_is_for_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None), ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="offer_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SystemMapVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("content", models.JSONField(default=dict)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("published_at", None)),
                        fields=("tenant",),
                        name="system_map_has_one_draft",
                    ),
                    models.UniqueConstraint(fields=("tenant", "number"), name="system_map_number_in_region"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", None), ("published_at", None), ("published_by", None)),
                            models.Q(("number__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="system_map_numbered_when_published",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                ("text", models.TextField(blank=True)),
                ("kind", models.CharField(choices=[("quote", "Quote"), ("finding", "Finding")], max_length=8)),
                ("theme", models.CharField(blank=True, max_length=60)),
                (
                    "factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "age_band",
                    models.CharField(
                        blank=True,
                        choices=[("15-17", "15–17"), ("18-19", "18–19"), ("20-24", "20–24"), ("25-29", "25–29")],
                        max_length=8,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("interview", "Interviews"),
                            ("workshop", "Workshop"),
                            ("free_text", "Free text in a survey"),
                            ("other", "Another way"),
                        ],
                        max_length=10,
                    ),
                ),
                ("group_size", models.PositiveIntegerField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("is_synthetic", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Waiting for review"),
                            ("published", "In use"),
                            ("sent_back", "Sent back"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("is_vouched_for", models.BooleanField(default=False)),
                ("remark", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "written_by",
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
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("reviewed_at__isnull", False), ("sent_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="voice_reviewed_before_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "published"), ("audience_id", models.F("tenant")), _connector="OR"
                        ),
                        name="voice_shared_only_in_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), ("state", "withdrawn"), ("text", "")),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="voice_words_gone_when_withdrawn",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION datasets_system_map_is_final() RETURNS trigger LANGUAGE plpgsql
            SET search_path TO pg_catalog, public AS $$
            DECLARE may_change text[] := ARRAY['audience_id', 'begun_by_id', 'published_by_id'];
            BEGIN
                IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - may_change = to_jsonb(NEW) - may_change THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'A published system map never changes: publish a new version.'
                    USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER system_map_is_final BEFORE UPDATE OR DELETE ON datasets_systemmapversion
                FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
                EXECUTE FUNCTION datasets_system_map_is_final();
            """,
            "DROP TRIGGER system_map_is_final ON datasets_systemmapversion;"
            "DROP FUNCTION datasets_system_map_is_final();",
        ),
    ]

"""Records of dialogues: drafts, final versions, their files and comments, and the rules of a municipality."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("dialogues", "0009_slides_of_other_kinds"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordDraft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                (
                    "dialogue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="record_draft",
                        to="dialogues.dialogue",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecordVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("changes", models.TextField(blank=True)),
                ("final_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dialogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="record_versions",
                        to="dialogues.dialogue",
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
            },
        ),
        migrations.CreateModel(
            name="RecordFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("form", models.CharField(max_length=4)),
                ("content", models.BinaryField()),
                ("checksum", models.CharField(max_length=64)),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="dialogues.recorddraft",
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
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="dialogues.recordversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordComment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField(max_length=2000)),
                ("voice", models.CharField(blank=True, max_length=60)),
                ("write_key", models.UUIDField()),
                (
                    "dialogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="record_comments",
                        to="dialogues.dialogue",
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
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "write_key"), name="record_comment_written_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordRules",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("shows_names", models.BooleanField(default=False)),
                ("kept_years", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("decision", models.CharField(blank=True, max_length=200)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("tenant",), name="record_rules_once_a_tenant"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept_years", None),
                            models.Q(("kept_years__gte", 1), models.Q(("decision", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="record_rules_deletes_by_decision",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="recordversion",
            constraint=models.UniqueConstraint(fields=("dialogue", "number"), name="record_version_number"),
        ),
        migrations.AddConstraint(
            model_name="recordfile",
            constraint=models.UniqueConstraint(fields=("draft", "form"), name="record_file_of_draft"),
        ),
        migrations.AddConstraint(
            model_name="recordfile",
            constraint=models.UniqueConstraint(fields=("version", "form"), name="record_file_of_version"),
        ),
        migrations.AddConstraint(
            model_name="recordfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("draft", None), ("version__isnull", False)),
                    models.Q(("draft__isnull", False), ("version", None)),
                    _connector="OR",
                ),
                name="record_file_of_one",
            ),
        ),
    ]

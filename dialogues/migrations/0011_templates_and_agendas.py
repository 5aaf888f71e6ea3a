"""Templates that dialogues begin from, and agendas of one's own."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("dialogues", "0010_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="dialogue",
            name="agenda",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="dialogue",
            name="format",
            field=models.CharField(default="dialogue", max_length=20),
        ),
        migrations.CreateModel(
            name="DialogueTemplate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                ("title", models.CharField(max_length=200)),
                ("theme", models.CharField(blank=True, max_length=40)),
                ("goal", models.CharField(max_length=20)),
                ("aim", models.TextField(blank=True)),
                ("minutes", models.PositiveSmallIntegerField(default=90)),
                ("format", models.CharField(default="dialogue", max_length=20)),
                ("agenda", models.JSONField(blank=True, default=list)),
                ("roles", models.JSONField(blank=True, default=list)),
                ("charts", models.JSONField(blank=True, default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "created_by",
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
                "ordering": ["title", "created_at"],
            },
        ),
    ]

"""Which people a data set counts, and what each release was protected against.

Columns are filled by the database as they are added: row-level security holds for the tables' owner too, so
that an UPDATE here would find no row. A process of the former version may go on inserting rows meanwhile.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

POPULATION = """
    SET LOCAL lock_timeout = '10s';
    ALTER TABLE datasets_dataset ADD COLUMN population uuid NOT NULL GENERATED ALWAYS AS (
        CASE WHEN origin = 'survey' AND origin_ref ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        THEN origin_ref::uuid ELSE id END
    ) STORED;
    ALTER TABLE datasets_dataset ALTER COLUMN population DROP EXPRESSION;
    ALTER TABLE datasets_dataset ALTER COLUMN population SET DEFAULT gen_random_uuid();
    CREATE INDEX datasets_dataset_population ON datasets_dataset (population);
"""
LEDGER = """
    ALTER TABLE datasets_release ADD COLUMN software_version varchar(40) NOT NULL DEFAULT '';
    ALTER TABLE datasets_releasereport ADD COLUMN against uuid[] NOT NULL DEFAULT '{}';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0005_rule_ratchet_deeper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    POPULATION, "ALTER TABLE datasets_dataset DROP COLUMN population;", elidable=False
                ),
                migrations.RunSQL(
                    LEDGER,
                    "ALTER TABLE datasets_release DROP COLUMN software_version;"
                    "ALTER TABLE datasets_releasereport DROP COLUMN against;",
                ),
            ],
            [
                migrations.AddField(
                    "dataset", "population", models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
                ),
                migrations.AddField(
                    "release", "software_version", models.CharField(blank=True, default="", max_length=40)
                ),
                migrations.AddField(
                    "releasereport",
                    "against",
                    django.contrib.postgres.fields.ArrayField(models.UUIDField(), default=list, size=None),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerAlarm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("cells", models.JSONField(default=list)),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alarms", to="datasets.dataset"
                    ),
                ),
                (
                    "raised_by",
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
                        to=settings.TENANT_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-raised_at"]},
        ),
    ]

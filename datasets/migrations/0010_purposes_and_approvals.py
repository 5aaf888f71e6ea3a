"""What measuring asks of a data set, and a second person's word before sensitive data is released."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

PERSON = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}

MEASURING = """
    -- The same demands as datasets.breaks.demands_of. Asked only when one of these columns is written, so that what
    -- was registered before them can still be opened, closed and withdrawn.
    CREATE FUNCTION datasets_measuring_asks() RETURNS trigger LANGUAGE plpgsql
    SET search_path TO pg_catalog, public AS $$
    BEGIN
        IF btrim(NEW.unit) = '' OR btrim(NEW.definition) = '' OR NEW.polarity = 'unsaid' THEN
            RAISE EXCEPTION 'Data fit to measure with has a unit, a definition and a word on which way is good.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'dataset_measuring_is_described';
        END IF;
        IF EXISTS (SELECT FROM jsonb_array_elements(NEW.breaks) AS break
            WHERE break->>'period' > NEW.whole_from COLLATE "C")
        THEN
            RAISE EXCEPTION 'Data fit to measure with has a series that is whole from where it is said to be.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'dataset_measuring_is_whole';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER measuring_asks
        BEFORE INSERT OR UPDATE OF fit_for, unit, definition, polarity, breaks, whole_from ON datasets_dataset
        FOR EACH ROW WHEN (1 = ANY (NEW.fit_for)) EXECUTE FUNCTION datasets_measuring_asks();
"""
RATCHET = """
    -- After the first release: hidden cells stay with the department that knows them, and sensitive data is used
    -- for nothing that it was not collected for.
    CREATE FUNCTION datasets_release_binds() RETURNS trigger LANGUAGE plpgsql
    SET search_path TO pg_catalog, public AS $$
    BEGIN
        IF NOT EXISTS (SELECT FROM datasets_release WHERE dataset_id = OLD.id) THEN
            RETURN NEW;
        END IF;
        IF NEW.department_id IS DISTINCT FROM OLD.department_id
            AND (OLD.department_id IS NOT NULL OR OLD.sensitivity = 'sensitive')
        THEN
            RAISE EXCEPTION 'A released data set stays with its department.' USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.sensitivity = 'sensitive' AND NOT NEW.fit_for <@ OLD.fit_for THEN
            RAISE EXCEPTION 'Released sensitive data is fit for nothing more than before.'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER release_binds BEFORE UPDATE OF department_id, fit_for ON datasets_dataset FOR EACH ROW
        WHEN (OLD.department_id IS DISTINCT FROM NEW.department_id OR OLD.fit_for IS DISTINCT FROM NEW.fit_for)
        EXECUTE FUNCTION datasets_release_binds();

    -- What only follows an activity up is nobody's open data, whichever of the two columns is written.
    CREATE FUNCTION datasets_public_use() RETURNS trigger LANGUAGE plpgsql
    SET search_path TO pg_catalog, public AS $$
    BEGIN
        RAISE EXCEPTION 'Data that only follows up an activity is not opened to everyone.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dataset_public_may_be_used';
    END $$;

    CREATE TRIGGER public_use BEFORE INSERT OR UPDATE OF audience_id, fit_for ON datasets_dataset FOR EACH ROW
        WHEN (NEW.audience_id = '00000000-0000-4000-8000-000000000001' AND NOT NEW.fit_for && ARRAY[1, 2]::smallint[])
        EXECUTE FUNCTION datasets_public_use();
"""
SECOND_PERSON = """
    -- The way into a release leads through `confirmed`: the worker takes nothing else up.
    CREATE FUNCTION datasets_sensitive_waits() RETURNS trigger LANGUAGE plpgsql
    SET search_path TO pg_catalog, public AS $$
    BEGIN
        IF coalesce((SELECT sensitivity FROM datasets_dataset WHERE id = NEW.dataset_id),
                NEW.registration->>'sensitivity') = 'sensitive'
            AND NOT EXISTS (SELECT FROM datasets_approval
                WHERE upload_id = NEW.id AND state IN ('approved', 'not_needed'))
        THEN
            RAISE EXCEPTION 'Sensitive data waits for a second person.' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER sensitive_waits BEFORE UPDATE OF state ON datasets_upload FOR EACH ROW
        WHEN (NEW.state IN ('confirmed', 'importing', 'imported') AND OLD.state IN ('received', 'read', 'waiting'))
        EXECUTE FUNCTION datasets_sensitive_waits();

    CREATE FUNCTION datasets_decision_is_final() RETURNS trigger LANGUAGE plpgsql
    SET search_path TO pg_catalog, public AS $$
    BEGIN
        IF OLD.state <> 'waiting' AND to_jsonb(OLD) - 'words' IS DISTINCT FROM to_jsonb(NEW) - 'words'
            OR (OLD.upload_id, OLD.asked_by_id) IS DISTINCT FROM (NEW.upload_id, NEW.asked_by_id)
        THEN
            RAISE EXCEPTION 'What was decided stays.' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER decision_is_final BEFORE UPDATE ON datasets_approval FOR EACH ROW
        EXECUTE FUNCTION datasets_decision_is_final();
"""
UNDONE = """
    DROP TRIGGER {trigger} ON {table};
    DROP FUNCTION {function}();
"""


def undo(*made: tuple[str, str, str]) -> str:
    return "".join(UNDONE.format(trigger=trigger, table=table, function=name) for trigger, table, name in made)


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0009_system_map_offers_voices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("dataset", "definition", models.TextField(blank=True, default="")),
        migrations.AddField("dataset", "definition_en", models.TextField(blank=True, default="")),
        migrations.AddField("dataset", "breaks", models.JSONField(blank=True, default=list)),
        migrations.AddField("dataset", "whole_from", models.CharField(blank=True, default="", max_length=20)),
        migrations.AddField("dataset", "ready_form", models.CharField(blank=True, default="", max_length=60)),
        migrations.AlterField(
            "dataset",
            "polarity",
            models.CharField(
                choices=[
                    ("more_is_better", "More is better"),
                    ("less_is_better", "Less is better"),
                    ("none", "No judgement: neither way is good or bad"),
                    ("unsaid", "Not said yet"),
                ],
                default="unsaid",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            "upload",
            "state",
            models.CharField(
                choices=[
                    ("received", "Received"),
                    ("read", "Read"),
                    ("waiting", "Waits for approval"),
                    ("confirmed", "Confirmed"),
                    ("importing", "Being imported"),
                    ("imported", "Imported"),
                    ("refused", "Refused"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="received",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for approval"),
                            ("approved", "Approved"),
                            ("sent_back", "Sent back"),
                            ("taken_back", "Taken back"),
                            ("not_needed", "Not needed"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                (
                    "why_not",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alone", "Nobody else answers for the data"),
                            ("off", "Approval is turned off"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("words", models.TextField(blank=True, default="")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_by", models.ForeignKey(**PERSON)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.ForeignKey(blank=True, null=True, **PERSON)),
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
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="datasets.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["upload"], condition=Q(state="waiting"), name="approval_asked_once_at_a_time"
                    ),
                    models.CheckConstraint(
                        name="approval_by_a_second_person",
                        condition=~Q(state__in=["approved", "sent_back"])
                        | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by")),
                    ),
                    models.CheckConstraint(
                        name="approval_not_needed_says_why",
                        condition=Q(state="not_needed", why_not__in=["alone", "off"])
                        | ~Q(state="not_needed") & Q(why_not=""),
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            MEASURING, undo(("measuring_asks", "datasets_dataset", "datasets_measuring_asks")), elidable=False
        ),
        migrations.RunSQL(
            RATCHET,
            undo(
                ("release_binds", "datasets_dataset", "datasets_release_binds"),
                ("public_use", "datasets_dataset", "datasets_public_use"),
            ),
            elidable=False,
        ),
        migrations.RunSQL(
            SECOND_PERSON,
            undo(
                ("sensitive_waits", "datasets_upload", "datasets_sensitive_waits"),
                ("decision_is_final", "datasets_approval", "datasets_decision_is_final"),
            ),
            elidable=False,
        ),
    ]

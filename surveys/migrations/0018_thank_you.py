"""A thank-you that is drawn by lot: entries sealed to the round's key, in a table of their own."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

CODES = import_module("surveys.migrations.0006_class_codes")
JOINT = import_module("surveys.migrations.0015_joint_rounds")

ENTER = """
-- 'stored', 'already' or 'closed' (no such round, nothing drawn in it, or not open). Of one size, and without time.
CREATE FUNCTION thank_you_enter(p_round uuid, p_id uuid, p_sealed bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    r surveys_surveyround := round_in_public(NULL, p_round);
    outcome text := 'closed';
BEGIN
    -- 128 bytes of an address, and 48 of the sealed box around it.
    IF r.id IS NOT NULL AND r.state = 'open' AND length(p_sealed) = 176 THEN
        PERFORM set_config('app.tenant', r.tenant_id::text, true);
        IF EXISTS (SELECT FROM surveys_thankyou t WHERE t.round_id = r.id AND t.drawn_at IS NULL) THEN
            INSERT INTO surveys_thankyouentry (id, tenant_id, round_id, sealed)
                VALUES (p_id, r.tenant_id, r.id, p_sealed) ON CONFLICT DO NOTHING;
            outcome := CASE WHEN FOUND THEN 'stored' ELSE 'already' END;
        END IF;
        PERFORM set_config('app.tenant', former_tenant, true);
    END IF;
    RETURN outcome;
EXCEPTION WHEN OTHERS THEN
    -- Never the original text: it can quote the row.
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = 'the entry could not be stored';
END $$;
REVOKE ALL ON FUNCTION thank_you_enter(uuid, uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION thank_you_enter(uuid, uuid, bytea) TO vaxtkraft_survey;
GRANT MAINTAIN ON surveys_thankyouentry, surveys_thankyouwinner TO vaxtkraft_worker;
"""

# The thank-you page of every answer shows the way to the draw.
SHOWN = JOINT.CONTACTS + ", 'thank_you', EXISTS (SELECT FROM surveys_thankyou t WHERE t.round_id = r.id)"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("surveys", "0017_quicker_intake"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThankYou",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                ("what", models.JSONField(default=dict)),
                ("winners", models.PositiveSmallIntegerField(default=1)),
                ("drawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thank_you",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ThankYouEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ThankYouWinner",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=100)),
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
                    "thank_you",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drawn", to="surveys.thankyou"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunSQL(ENTER, "DROP FUNCTION thank_you_enter(uuid, uuid, bytea);"),
        migrations.RunSQL(CODES.WAYS_IN.format(more=SHOWN), CODES.WAYS_IN.format(more=JOINT.CONTACTS)),
    ]

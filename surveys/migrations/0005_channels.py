"""Channels of a round: their links, the sealed tally of how many came by each, and what may be shown of it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import surveys.models.channel

WAYS_IN = """
CREATE FUNCTION round_ways_in(p_code text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    r surveys_surveyround := round_in_public(p_code, NULL);
    found jsonb;
BEGIN
    IF r.id IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('app.tenant', r.tenant_id::text, true);
    SELECT jsonb_build_object('channels', coalesce(jsonb_object_agg(c.letters, c.number), '{}'))
        INTO found FROM surveys_channel c WHERE c.round_id = r.id;
    PERFORM set_config('app.tenant', former_tenant, true);
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION round_ways_in(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION round_ways_in(text) TO vaxtkraft_survey;
GRANT MAINTAIN ON surveys_channeltally TO vaxtkraft_worker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("surveys", "0004_submit_at_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelTally",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                (
                    "round",
                    models.OneToOneField(
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
                "verbose_name_plural": "channel tallies",
            },
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("letters", models.CharField(default=surveys.models.channel.new_letters, max_length=4)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school", "School"),
                            ("follow_up", "The municipality's follow-up of those outside school (KAA)"),
                            ("employment", "The employment service"),
                            ("navigator", "The navigator centre"),
                            ("clinic", "The youth clinic"),
                            ("housing", "The housing company"),
                            ("instagram", "Instagram"),
                            ("other", "Another, with a name of your own"),
                        ],
                        default="other",
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
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
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "number"), name="channel_number_in_round"),
                    models.UniqueConstraint(fields=("round", "letters"), name="channel_letters_in_round"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 40)), name="channel_number_in_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChannelCount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("answers", models.PositiveIntegerField(blank=True, null=True)),
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
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("round", "number"), name="channel_count_once")],
            },
        ),
        migrations.RunSQL(WAYS_IN, "DROP FUNCTION round_ways_in(text);"),
    ]

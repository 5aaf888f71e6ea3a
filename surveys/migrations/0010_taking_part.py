"""Young people's proposals, and the reference groups that try a round before others.

A proposal is taken in by the role `survey`, like answers: nobody is known, and of the time only the day is kept.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SUBMIT = """
-- 'stored', 'already', 'full' (too many wait to be read) or 'closed' (no such round, or closed a year ago).
CREATE FUNCTION proposal_submit(p_round uuid, p_id uuid, p_text text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    r surveys_surveyround := round_in_public(NULL, p_round);
    outcome text := 'closed';
BEGIN
    IF r.id IS NOT NULL AND r.state IN ('scheduled', 'open', 'closed', 'published')
        AND coalesce(r.closed_at > now() - interval '1 year', true)
    THEN
        PERFORM set_config('app.tenant', r.tenant_id::text, true);
        IF EXISTS (SELECT FROM surveys_proposal WHERE id = p_id) THEN
            outcome := 'already';
        ELSIF (SELECT count(*) FROM surveys_proposal WHERE round_id = r.id AND state = 'waiting') >= 300 THEN
            outcome := 'full';
        ELSE
            INSERT INTO surveys_proposal (id, tenant_id, audience_id, round_id, text, said_on, state, reason)
                VALUES (p_id, r.tenant_id, r.tenant_id, r.id, left(p_text, 300),
                    (now() AT TIME ZONE 'Europe/Stockholm')::date, 'waiting', '{}'::jsonb)
                ON CONFLICT DO NOTHING;
            outcome := CASE WHEN FOUND THEN 'stored' ELSE 'already' END;
        END IF;
        PERFORM set_config('app.tenant', former_tenant, true);
    END IF;
    RETURN outcome;
EXCEPTION WHEN OTHERS THEN
    -- Never the original text: it can quote the row.
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = 'the proposal could not be stored';
END $$;
REVOKE ALL ON FUNCTION proposal_submit(uuid, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proposal_submit(uuid, uuid, text) TO vaxtkraft_survey;
"""

SUBMIT_BACK = "DROP FUNCTION proposal_submit(uuid, uuid, text);"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("surveys", "0009_weighing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferenceGroup",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("token_hash", models.BinaryField(null=True, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reference_groups",
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
            name="ReferenceComment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("about", models.CharField(blank=True, max_length=140)),
                ("text", models.CharField(max_length=500)),
                ("name", models.CharField(blank=True, max_length=30)),
                ("said_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not answered yet"),
                            ("taken_in", "Taken in"),
                            ("in_part", "Taken in, in part"),
                            ("not_taken", "Not taken in"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="surveys.referencegroup",
                    ),
                ),
            ],
            options={
                "ordering": ["said_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                ("text", models.CharField(blank=True, max_length=300)),
                ("said_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be read"),
                            ("considered", "We are thinking about it"),
                            ("taken_in", "Taken in"),
                            ("in_part", "Taken in, in part"),
                            ("not_taken", "Not taken in"),
                            ("held_back", "Not shown"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("reason", models.JSONField(default=dict)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
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
                        related_name="proposals",
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
                "ordering": ["said_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience_id", models.F("tenant")), ("state__in", ["waiting", "held_back"])),
                            models.Q(
                                ("audience_id", uuid.UUID("00000000-0000-4000-8000-000000000001")),
                                models.Q(("state__in", ["waiting", "held_back"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_read_before_shown",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held_back"), ("text", "")),
                            models.Q(
                                models.Q(("state", "held_back"), _negated=True),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_words_gone_when_held_back",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SUBMIT, SUBMIT_BACK),
    ]

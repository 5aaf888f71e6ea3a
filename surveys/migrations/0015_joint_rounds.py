"""Joint rounds: a region's invitations, the municipalities' answers, and the one total that they see while open."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CODES = import_module("surveys.migrations.0006_class_codes")
PERSONAL = import_module("surveys.migrations.0012_personal_codes")

COUNT = """
-- The one figure while a joint round is open, for a municipality that takes part. Its own scope shows it its
-- invitation and no other; the answers are the region's, and are counted in the region's.
CREATE FUNCTION joint_round_count(p_invitation uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    invitation surveys_jointinvitation;
    found integer;
BEGIN
    SELECT * INTO invitation FROM surveys_jointinvitation i
        WHERE i.id = p_invitation AND i.state = 'takes_part' AND i.municipality_id::text = former_tenant;
    IF invitation.id IS NOT NULL THEN
        PERFORM set_config('app.tenant', invitation.tenant_id::text, true);
        found := round_count(invitation.round_id);
        PERFORM set_config('app.tenant', former_tenant, true);
    END IF;
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION joint_round_count(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION joint_round_count(uuid) TO vaxtkraft_web;
"""

# Whom the young people of each municipality can ask: stands on the page of its own link.
CONTACTS = (
    PERSONAL.KEY
    + """, 'contacts', (SELECT jsonb_object_agg(t.slug, i.contact)
            FROM surveys_jointinvitation i, accounts_tenant t
            WHERE i.round_id = r.id AND i.state = 'takes_part' AND t.id = i.municipality_id)"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("surveys", "0014_closing_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="questionnaire",
            name="is_composed",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="JointInvitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("takes_part", "Takes part"),
                            ("left_out", "Does not take part"),
                            ("withdrawn", "Invitation taken back"),
                        ],
                        default="invited",
                        max_length=12,
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=60)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(max_length=120)),
                ("asker", models.CharField(max_length=120)),
                ("asks", models.JSONField(default=dict)),
                ("questions", models.PositiveSmallIntegerField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.tenant"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joint_invitations",
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
                "ordering": ["-invited_at"],
            },
        ),
        migrations.CreateModel(
            name="JointAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                ("takes_part", models.BooleanField()),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("responsible", models.CharField(blank=True, max_length=120)),
                ("answered_at", models.DateTimeField(auto_now=True)),
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
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="surveys.jointinvitation",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="jointinvitation",
            constraint=models.UniqueConstraint(fields=("round", "municipality"), name="joint_invitation_once"),
        ),
        migrations.AddConstraint(
            model_name="jointinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience_id", models.F("municipality"))),
                name="joint_invitation_for_its_municipality",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointanswer",
            constraint=models.UniqueConstraint(fields=("tenant", "invitation"), name="joint_answer_once"),
        ),
        migrations.RunSQL(COUNT, "DROP FUNCTION joint_round_count(uuid);"),
        migrations.RunSQL(CODES.WAYS_IN.format(more=CONTACTS), CODES.WAYS_IN.format(more=PERSONAL.KEY)),
    ]

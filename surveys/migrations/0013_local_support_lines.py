"""Support lines of a municipality's own, and how the answering pages read them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

LINES = """
-- For the pages of anyone who answers: what a municipality says of itself, in its order.
CREATE FUNCTION round_support_lines(p_code text) RETURNS jsonb
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
    SELECT coalesce(jsonb_agg(jsonb_build_object(
            'name', l.name, 'phone', l.phone, 'url', l.url, 'whom', l.whom, 'when', l.hours)
            ORDER BY l.position, l.id), '[]')
        INTO found FROM surveys_localsupportline l WHERE l.tenant_id = r.tenant_id;
    PERFORM set_config('app.tenant', former_tenant, true);
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION round_support_lines(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION round_support_lines(text) TO vaxtkraft_survey;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("surveys", "0012_personal_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="LocalSupportLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience_id", models.UUIDField(db_index=True, editable=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("url", models.CharField(blank=True, max_length=200)),
                ("whom", models.CharField(blank=True, max_length=80)),
                ("hours", models.CharField(max_length=80)),
                ("checked_on", models.DateField()),
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
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("phone", ""), ("url", ""), _negated=True),
                        name="local_line_can_be_reached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("phone", ""), ("phone__regex", "^\\+?[0-9][0-9 -]{1,18}[0-9]$"), _connector="OR"
                        ),
                        name="local_line_is_a_phone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url", ""), ("url__regex", "^https://[^/@\\s]+(/|$)"), _connector="OR"
                        ),
                        name="local_line_is_https",
                    ),
                ],
            },
        ),
        migrations.RunSQL(LINES, "DROP FUNCTION round_support_lines(text);"),
    ]

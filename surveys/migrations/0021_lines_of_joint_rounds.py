"""The answering pages of a joint round know the support lines of each municipality that takes part."""

from importlib import import_module

from django.db import migrations

from portal.tenancy.scope import PUBLIC_AUDIENCE

LOCAL = import_module("surveys.migrations.0013_local_support_lines")

LINES = """
-- For the pages of anyone who answers: what the round's tenant says of itself, in its order; and of a joint round
-- under `place` what each municipality that takes part says. Lines are public, and so is who takes part.
CREATE OR REPLACE FUNCTION round_support_lines(p_code text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    former_audiences text := coalesce(current_setting('app.audiences', true), '');
    r surveys_surveyround := round_in_public(p_code, NULL);
    found jsonb;
BEGIN
    IF r.id IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('app.tenant', r.tenant_id::text, true), set_config('app.audiences', '%s', true);
    SELECT coalesce(jsonb_agg(jsonb_build_object(
            'name', l.name, 'phone', l.phone, 'url', l.url, 'whom', l.whom, 'when', l.hours, 'place', w.place)
            ORDER BY w.place NULLS FIRST, l.position, l.id), '[]')
        INTO found
        FROM (
            SELECT r.tenant_id AS tenant, NULL::varchar AS place
            UNION ALL
            SELECT t.id, t.slug FROM surveys_jointinvitation i JOIN accounts_tenant t ON t.id = i.municipality_id
                WHERE i.round_id = r.id AND i.tenant_id = r.tenant_id AND i.state = 'takes_part'
        ) w JOIN surveys_localsupportline l ON l.tenant_id = w.tenant;
    PERFORM set_config('app.tenant', former_tenant, true), set_config('app.audiences', former_audiences, true);
    RETURN found;
END $$;
""".replace("%s", str(PUBLIC_AUDIENCE))


class Migration(migrations.Migration):
    dependencies = [("surveys", "0020_joint_own_questions")]

    operations = [migrations.RunSQL(LINES, LOCAL.LINES.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))]

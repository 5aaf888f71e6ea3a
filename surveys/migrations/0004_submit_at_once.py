"""Of several copies of one page that arrive at once, one is stored and the others are told so.

A row has two unique keys, its own and the one with its tenant. A conflict on the second, met in the middle of
a race, was an error that the person saw; now both keys count.
"""

from django.db import migrations

SUBMIT = """
CREATE OR REPLACE FUNCTION intake_submit(p_round uuid, p_id uuid, p_sealed bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    r surveys_surveyround := round_in_public(NULL, p_round);
    outcome text := 'closed';
BEGIN
    IF r.id IS NOT NULL THEN
        PERFORM set_config('app.tenant', r.tenant_id::text, true);
        IF EXISTS (SELECT FROM surveys_intakereceipt WHERE id = p_id)
            OR EXISTS (SELECT FROM surveys_intakerow WHERE id = p_id)
        THEN
            outcome := 'already';
        ELSIF round_takes_answers(r) THEN
            INSERT INTO surveys_intakerow (id, tenant_id, round_id, sealed)
                VALUES (p_id, r.tenant_id, r.id, p_sealed) ON CONFLICT {target}DO NOTHING;
            outcome := CASE WHEN FOUND THEN 'stored' ELSE 'already' END;
            -- The insertion may have waited for a shuffle that took the very same page's first copy away.
            IF outcome = 'stored' AND EXISTS (SELECT FROM surveys_intakereceipt WHERE id = p_id) THEN
                DELETE FROM surveys_intakerow WHERE id = p_id;
                outcome := 'already';
            END IF;
        END IF;
        PERFORM set_config('app.tenant', former_tenant, true);
    END IF;
    RETURN outcome;
EXCEPTION WHEN OTHERS THEN
    -- Never the original text: it can quote the row.
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = 'the answers could not be stored';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_round_parts")]

    operations = [
        migrations.RunSQL(SUBMIT.format(target=""), SUBMIT.format(target="(id) ")),
    ]

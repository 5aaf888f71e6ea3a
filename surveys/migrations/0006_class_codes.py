"""Class codes: spent by being deleted, in the one call that takes an answer in."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORMER = import_module("surveys.migrations.0004_submit_at_once")

WAYS_IN = """
CREATE OR REPLACE FUNCTION round_ways_in(p_code text) RETURNS jsonb
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
    SELECT jsonb_build_object('channels', coalesce(jsonb_object_agg(c.letters, c.number), '{{}}'){more})
        INTO found FROM surveys_channel c WHERE c.round_id = r.id;
    PERFORM set_config('app.tenant', former_tenant, true);
    RETURN found;
END $$;
"""

# Keeps one envelope; the caller has set the scope, and knows that the round takes answers.
STORE = """
CREATE FUNCTION intake_store(r surveys_surveyround, p_id uuid, p_sealed bytea) RETURNS text
LANGUAGE plpgsql SET search_path TO pg_catalog, public AS $$
DECLARE
    outcome text;
BEGIN
    INSERT INTO surveys_intakerow (id, tenant_id, round_id, sealed)
        VALUES (p_id, r.tenant_id, r.id, p_sealed) ON CONFLICT DO NOTHING;
    outcome := CASE WHEN FOUND THEN 'stored' ELSE 'already' END;
    -- The insertion may have waited for a shuffle that took the very same page's first copy away.
    IF outcome = 'stored' AND EXISTS (SELECT FROM surveys_intakereceipt WHERE id = p_id) THEN
        DELETE FROM surveys_intakerow WHERE id = p_id;
        outcome := 'already';
    END IF;
    RETURN outcome;
END $$;
CREATE FUNCTION intake_has(p_id uuid) RETURNS boolean
LANGUAGE sql SET search_path TO pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM surveys_intakereceipt WHERE id = p_id)
        OR EXISTS (SELECT FROM surveys_intakerow WHERE id = p_id)
$$;
REVOKE ALL ON FUNCTION intake_store(surveys_surveyround, uuid, bytea), intake_has(uuid) FROM PUBLIC;
"""

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
        IF intake_has(p_id) THEN
            outcome := 'already';
        ELSIF r.way_in <> 'link' THEN
            outcome := 'code_needed';
        ELSIF round_takes_answers(r) THEN
            outcome := intake_store(r, p_id, p_sealed);
        END IF;
        PERFORM set_config('app.tenant', former_tenant, true);
    END IF;
    RETURN outcome;
EXCEPTION WHEN OTHERS THEN
    -- Never the original text: it can quote the row.
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = 'the answers could not be stored';
END $$;
"""

CODES = """
-- One code, one answer: the code is deleted and the envelope written, or neither. `p_codes` are hashes of one
-- code, by the key in use and by former ones.
CREATE FUNCTION intake_submit_code(p_round uuid, p_id uuid, p_sealed bytea, p_codes bytea[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    r surveys_surveyround := round_in_public(NULL, p_round);
    outcome text := 'closed';
BEGIN
    IF r.id IS NOT NULL THEN
        -- Two copies of one page wait for each other here, so that a copy never spends a second code.
        PERFORM pg_advisory_xact_lock(hashtextextended(p_id::text, 5));
        PERFORM set_config('app.tenant', r.tenant_id::text, true);
        IF intake_has(p_id) THEN
            outcome := 'already';
        ELSIF r.way_in = 'codes' AND round_takes_answers(r) THEN
            DELETE FROM surveys_classcode WHERE round_id = r.id AND code_hash = ANY (p_codes);
            outcome := CASE WHEN FOUND THEN intake_store(r, p_id, p_sealed) ELSE 'no_code' END;
        END IF;
        PERFORM set_config('app.tenant', former_tenant, true);
    END IF;
    RETURN outcome;
EXCEPTION WHEN OTHERS THEN
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = 'the answers could not be stored';
END $$;

-- Whether a code opens the round, so that somebody with a wrong one is told before the questions and not after.
CREATE FUNCTION code_opens(p_round uuid, p_codes bytea[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    r surveys_surveyround := round_in_public(NULL, p_round);
    opens boolean;
BEGIN
    PERFORM set_config('app.tenant', coalesce(r.tenant_id::text, ''), true);
    SELECT EXISTS (SELECT FROM surveys_classcode WHERE round_id = r.id AND code_hash = ANY (p_codes)) INTO opens;
    PERFORM set_config('app.tenant', former_tenant, true);
    RETURN opens;
END $$;

-- In the caller's scope, whose codes no serving role can read.
CREATE FUNCTION class_codes_revoke(p_sheet uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
    DELETE FROM surveys_classcode WHERE sheet_id = p_sheet
$$;
CREATE FUNCTION round_codes_forget(p_round uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
    DELETE FROM surveys_classcode c USING surveys_surveyround r
        WHERE c.round_id = p_round AND r.id = p_round
        AND (r.state = 'cancelled' OR r.closed_at IS NOT NULL AND NOT round_takes_answers(r))
$$;

CREATE FUNCTION survey_round_keeps_its_way_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.opened_at IS NOT NULL AND NEW.way_in IS DISTINCT FROM OLD.way_in THEN
        RAISE EXCEPTION 'who may answer is fixed when a round opens' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER survey_round_keeps_its_way_in BEFORE UPDATE ON surveys_surveyround
    FOR EACH ROW EXECUTE FUNCTION survey_round_keeps_its_way_in();

REVOKE ALL ON FUNCTION intake_submit_code(uuid, uuid, bytea, bytea[]), code_opens(uuid, bytea[]),
    class_codes_revoke(uuid), round_codes_forget(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_submit_code(uuid, uuid, bytea, bytea[]), code_opens(uuid, bytea[])
    TO vaxtkraft_survey;
GRANT EXECUTE ON FUNCTION class_codes_revoke(uuid) TO vaxtkraft_web;
GRANT EXECUTE ON FUNCTION round_codes_forget(uuid) TO vaxtkraft_web, vaxtkraft_worker;
GRANT MAINTAIN ON surveys_classcode TO vaxtkraft_worker;
ALTER TABLE surveys_classcode ADD CONSTRAINT class_code_is_a_hash CHECK (octet_length(code_hash) = 32);
"""

CODES_BACK = """
ALTER TABLE surveys_classcode DROP CONSTRAINT class_code_is_a_hash;
DROP TRIGGER survey_round_keeps_its_way_in ON surveys_surveyround;
DROP FUNCTION survey_round_keeps_its_way_in();
DROP FUNCTION round_codes_forget(uuid);
DROP FUNCTION class_codes_revoke(uuid);
DROP FUNCTION code_opens(uuid, bytea[]);
DROP FUNCTION intake_submit_code(uuid, uuid, bytea, bytea[]);
"""

STORE_BACK = """
DROP FUNCTION intake_has(uuid);
DROP FUNCTION intake_store(surveys_surveyround, uuid, bytea);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("surveys", "0005_channels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="surveyround",
            name="way_in",
            field=models.CharField(
                choices=[("link", "Anyone with the link"), ("codes", "Only those with a code")],
                default="link",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="CodeSheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=60)),
                ("count", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
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
                "ordering": ["made_at"],
            },
        ),
        migrations.CreateModel(
            name="ClassCode",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code_hash", models.BinaryField(max_length=32)),
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
                (
                    "sheet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="surveys.codesheet",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "code_hash"), name="class_code_once")],
            },
        ),
        migrations.RunSQL(WAYS_IN.format(more=", 'way_in', r.way_in"), WAYS_IN.format(more="")),
        migrations.RunSQL(STORE, STORE_BACK),
        migrations.RunSQL(SUBMIT, FORMER.SUBMIT.format(target="")),
        migrations.RunSQL(CODES, CODES_BACK),
    ]

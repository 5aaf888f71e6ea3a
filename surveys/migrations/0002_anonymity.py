"""What the database itself holds about anonymity: the ways in and out of the intake, and the one-way rules.

The functions belong to the owner of the tables, who is under row-level security as well: each sets the
transaction-local scope it needs and puts the former one back. Only `vaxtkraft_survey` may take answers in.
"""

from django.db import migrations

PUBLIC = "00000000-0000-4000-8000-000000000001"

INTAKE = f"""
CREATE FUNCTION round_in_public(p_code text, p_round uuid) RETURNS surveys_surveyround
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    former_audiences text := coalesce(current_setting('app.audiences', true), '');
    found surveys_surveyround;
BEGIN
    PERFORM set_config('app.tenant', '', true), set_config('app.audiences', '{PUBLIC}', true);
    SELECT * INTO found FROM surveys_surveyround r
        WHERE r.audience_id = '{PUBLIC}' AND (r.public_code = p_code OR r.id = p_round);
    PERFORM set_config('app.tenant', former_tenant, true), set_config('app.audiences', former_audiences, true);
    RETURN found;
END $$;

-- Answers that were begun before closing are taken a little longer.
CREATE FUNCTION round_takes_answers(r surveys_surveyround) RETURNS boolean
LANGUAGE sql STABLE SET search_path TO pg_catalog, public AS $$
    SELECT coalesce(
        r.opened_at <= now()
        AND now() < least(coalesce(r.closed_at, r.closes_at), r.closes_at) + make_interval(mins => r.grace_minutes),
        false)
$$;

CREATE FUNCTION round_open(p_code text, p_with_definition boolean) RETURNS jsonb
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
    -- The version may be one that the tenant's region shares.
    PERFORM set_config('app.tenant', r.tenant_id::text, true),
            set_config('app.audiences', array_to_string(tenant_audiences(r.tenant_id), ','), true);
    SELECT jsonb_build_object(
            'id', r.id, 'public_code', r.public_code, 'title', r.title, 'state', r.state,
            'opens_at', r.opens_at, 'closes_at', r.closes_at, 'closed_at', r.closed_at,
            'is_open', r.state = 'open' AND now() < r.closes_at,
            'takes_answers', round_takes_answers(r),
            'grace_minutes', r.grace_minutes,
            'asker', r.asker, 'what_happens', r.what_happens, 'contact', r.contact,
            'public_key', encode(r.public_key, 'hex'),
            'threshold', r.rule -> 'threshold',
            'tenant_id', t.id, 'tenant_name', t.official_name, 'is_demo', t.is_demo,
            'version_id', v.id, 'definition_hash', v.definition_hash)
            || CASE WHEN p_with_definition THEN jsonb_build_object('definition', v.definition) ELSE '{{}}'::jsonb END
        INTO found
        FROM surveys_questionnaireversion v, accounts_tenant t
        WHERE v.id = r.version_id AND t.id = r.tenant_id;
    PERFORM set_config('app.tenant', former_tenant, true), set_config('app.audiences', former_audiences, true);
    RETURN found;
END $$;

CREATE FUNCTION intake_submit(p_round uuid, p_id uuid, p_sealed bytea) RETURNS text
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
                VALUES (p_id, r.tenant_id, r.id, p_sealed) ON CONFLICT (id) DO NOTHING;
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

-- The one figure while a round is open. The caller's scope says whose rounds can be counted.
CREATE FUNCTION round_count(p_round uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
    SELECT (((SELECT count(*) FROM surveys_intakerow WHERE round_id = p_round)
        + (SELECT count(*) FROM surveys_response WHERE round_id = p_round)) / 5 * 5)::integer
$$;

REVOKE ALL ON FUNCTION round_in_public(text, uuid), round_takes_answers(surveys_surveyround),
    round_open(text, boolean), intake_submit(uuid, uuid, bytea), round_count(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION round_open(text, boolean), intake_submit(uuid, uuid, bytea) TO vaxtkraft_survey;
GRANT EXECUTE ON FUNCTION round_count(uuid) TO vaxtkraft_web, vaxtkraft_worker;

-- A row that was shuffled away must also leave the disk: without this right a VACUUM is silently skipped.
GRANT MAINTAIN ON surveys_intakerow, surveys_intakereceipt, surveys_response, surveys_freetext TO vaxtkraft_worker;
ALTER TABLE surveys_intakerow ADD CONSTRAINT intake_sealed_size CHECK (octet_length(sealed) BETWEEN 64 AND 65536);
"""

INTAKE_BACK = """
ALTER TABLE surveys_intakerow DROP CONSTRAINT intake_sealed_size;
DROP FUNCTION round_count(uuid);
DROP FUNCTION intake_submit(uuid, uuid, bytea);
DROP FUNCTION round_open(text, boolean);
DROP FUNCTION round_takes_answers(surveys_surveyround);
DROP FUNCTION round_in_public(text, uuid);
"""

ONE_WAY = """
CREATE FUNCTION questionnaire_version_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.tenant_id, NEW.questionnaire_id, NEW.number, NEW.definition, NEW.definition_hash)
        IS DISTINCT FROM (OLD.tenant_id, OLD.questionnaire_id, OLD.number, OLD.definition, OLD.definition_hash)
    THEN
        RAISE EXCEPTION 'a questionnaire version never changes: make a new version' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER questionnaire_version_never_changes BEFORE UPDATE ON surveys_questionnaireversion
    FOR EACH ROW EXECUTE FUNCTION questionnaire_version_never_changes();

CREATE FUNCTION survey_round_only_stricter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.rule ->> 'threshold')::int < (OLD.rule ->> 'threshold')::int
        OR (NEW.rule ->> 'base')::int < (OLD.rule ->> 'base')::int
        OR NOT NEW.rule -> 'breakdowns' <@ (OLD.rule -> 'breakdowns')
    THEN
        RAISE EXCEPTION 'the rule of a round only becomes stricter' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.opened_at IS NOT NULL AND (NEW.rule, NEW.version_id, NEW.public_key, NEW.opened_at, NEW.grace_minutes)
        IS DISTINCT FROM (OLD.rule, OLD.version_id, OLD.public_key, OLD.opened_at, OLD.grace_minutes)
    THEN
        RAISE EXCEPTION 'rule, questionnaire and key of a round are fixed when it opens'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.closed_at IS NOT NULL AND (NEW.closed_at, NEW.closes_at) IS DISTINCT FROM (OLD.closed_at, OLD.closes_at) THEN
        RAISE EXCEPTION 'a closed round is not opened again' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.tenant_id, NEW.public_code) IS DISTINCT FROM (OLD.tenant_id, OLD.public_code) THEN
        RAISE EXCEPTION 'the link of a round never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER survey_round_only_stricter BEFORE UPDATE ON surveys_surveyround
    FOR EACH ROW EXECUTE FUNCTION survey_round_only_stricter();

ALTER TABLE surveys_surveyround ADD CONSTRAINT survey_round_rule_is_whole CHECK (
    coalesce((rule ->> 'threshold')::int >= 5, false)
    AND coalesce((rule ->> 'base')::int >= 10, false)
    AND coalesce(jsonb_typeof(rule -> 'breakdowns') = 'array', false));
"""

ONE_WAY_BACK = """
ALTER TABLE surveys_surveyround DROP CONSTRAINT survey_round_rule_is_whole;
DROP TRIGGER survey_round_only_stricter ON surveys_surveyround;
DROP FUNCTION survey_round_only_stricter();
DROP TRIGGER questionnaire_version_never_changes ON surveys_questionnaireversion;
DROP FUNCTION questionnaire_version_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial"), ("accounts", "0002_tenant_audiences")]

    operations = [
        migrations.RunSQL(INTAKE, INTAKE_BACK),
        migrations.RunSQL(ONE_WAY, ONE_WAY_BACK),
    ]

"""Personal codes: each buys one blind signature, in a call of its own, and an answer comes with what it bought."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

FORMER = import_module("surveys.migrations.0006_class_codes")

PERSONAL = """
-- Whether a code may have this very blinded message signed: the first time, and as often as it asks for the same
-- one again. Gives the sealed key that signs. Nothing of any answer is known here, nor later anything of this.
CREATE FUNCTION token_grant(p_round uuid, p_codes bytea[], p_blinded bytea) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    former_tenant text := coalesce(current_setting('app.tenant', true), '');
    r surveys_surveyround := round_in_public(NULL, p_round);
    granted bytea;
BEGIN
    IF r.id IS NOT NULL AND r.way_in = 'codes' AND round_takes_answers(r) THEN
        PERFORM set_config('app.tenant', r.tenant_id::text, true);
        UPDATE surveys_personalcode SET blinded_hash = p_blinded
            WHERE round_id = r.id AND code_hash = ANY (p_codes) AND blinded_hash IS NULL;
        IF FOUND OR EXISTS (SELECT FROM surveys_personalcode
            WHERE round_id = r.id AND code_hash = ANY (p_codes) AND blinded_hash = p_blinded)
        THEN
            SELECT l.sealed INTO granted FROM surveys_invitationlist l WHERE l.round_id = r.id;
        END IF;
        PERFORM set_config('app.tenant', former_tenant, true);
    END IF;
    RETURN granted;
EXCEPTION WHEN OTHERS THEN
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = 'the code could not be looked at';
END $$;

-- `p_id` is made of a token whose signature the web process has verified: the same token is the same number, and
-- counts once. No code is asked for, marked or read here.
CREATE FUNCTION intake_submit_token(p_round uuid, p_id uuid, p_sealed bytea) RETURNS text
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
        ELSIF r.way_in <> 'codes' OR NOT EXISTS (SELECT FROM surveys_invitationlist WHERE round_id = r.id) THEN
            outcome := 'code_needed';
        ELSIF round_takes_answers(r) THEN
            outcome := intake_store(r, p_id, p_sealed);
        END IF;
        PERFORM set_config('app.tenant', former_tenant, true);
    END IF;
    RETURN outcome;
EXCEPTION WHEN OTHERS THEN
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = 'the answers could not be stored';
END $$;

CREATE OR REPLACE FUNCTION round_codes_forget(p_round uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
DECLARE
    r surveys_surveyround;
BEGIN
    SELECT * INTO r FROM surveys_surveyround WHERE id = p_round;
    IF r.state = 'cancelled' OR r.closed_at IS NOT NULL THEN
        DELETE FROM surveys_invitation WHERE round_id = r.id;
        IF r.state = 'cancelled' OR NOT round_takes_answers(r) THEN
            DELETE FROM surveys_classcode WHERE round_id = r.id;
            DELETE FROM surveys_personalcode WHERE round_id = r.id;
            DELETE FROM surveys_invitationlist WHERE round_id = r.id;
        END IF;
    END IF;
END $$;

REVOKE ALL ON FUNCTION token_grant(uuid, bytea[], bytea), intake_submit_token(uuid, uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION token_grant(uuid, bytea[], bytea), intake_submit_token(uuid, uuid, bytea)
    TO vaxtkraft_survey;
GRANT MAINTAIN ON surveys_personalcode, surveys_invitation TO vaxtkraft_worker;
ALTER TABLE surveys_personalcode ADD CONSTRAINT personal_code_is_a_hash
    CHECK (octet_length(code_hash) = 32 AND octet_length(blinded_hash) = 32);
"""

PERSONAL_BACK = """
ALTER TABLE surveys_personalcode DROP CONSTRAINT personal_code_is_a_hash;
DROP FUNCTION intake_submit_token(uuid, uuid, bytea);
DROP FUNCTION token_grant(uuid, bytea[], bytea);
"""

MORE = ", 'way_in', r.way_in"
KEY = (
    MORE
    + """, 'modulus',
            (SELECT encode(l.modulus, 'hex') FROM surveys_invitationlist l WHERE l.round_id = r.id)"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("surveys", "0011_texts_and_retention"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("mailings", models.PositiveSmallIntegerField(default=0)),
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
            name="InvitationList",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("modulus", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("mailings", models.PositiveSmallIntegerField(default=0)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("letters_made_at", models.DateTimeField(blank=True, null=True)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PersonalCode",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code_hash", models.BinaryField(max_length=32)),
                ("blinded_hash", models.BinaryField(max_length=32, null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("round", "code_hash"), name="personal_code_once")],
            },
        ),
        migrations.RunSQL(PERSONAL, PERSONAL_BACK),
        migrations.RunSQL(FORMER.WAYS_IN.format(more=KEY), FORMER.WAYS_IN.format(more=MORE)),
    ]

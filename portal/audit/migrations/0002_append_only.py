"""The only way to write the audit log, and the check of its chain."""

from django.db import migrations

CONTENT = """
    convert_to(concat_ws('|', {row}.tenant_id, {row}.number, extract(epoch FROM {row}.at), {row}.actor_id,
        {row}.verb, {row}.target_type, {row}.target_id, {row}.details::text), 'UTF8')
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"""
            CREATE FUNCTION audit_content(event audit_auditevent) RETURNS bytea LANGUAGE sql STABLE
            SET timezone TO 'UTC' AS $$ SELECT {CONTENT.format(row="event")} $$;

            CREATE FUNCTION audit_append(
                p_tenant uuid, p_actor uuid, p_verb text, p_target_type text, p_target uuid, p_details jsonb
            ) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path TO pg_catalog, public AS $$
            DECLARE
                event audit_auditevent;
            BEGIN
                -- One writer a tenant until it commits: a chain has no branches.
                PERFORM pg_advisory_xact_lock(hashtextextended('audit' || p_tenant, 0));
                SELECT * INTO event FROM audit_auditevent WHERE tenant_id = p_tenant ORDER BY number DESC LIMIT 1;
                event.previous_hash := coalesce(event.hash, sha256(convert_to(p_tenant::text, 'UTF8')));
                event.id := gen_random_uuid();
                event.tenant_id := p_tenant;
                event.number := coalesce(event.number, 0) + 1;
                event.at := clock_timestamp();
                event.actor_id := p_actor;
                event.verb := p_verb;
                event.target_type := p_target_type;
                event.target_id := p_target;
                event.details := p_details;
                event.hash := sha256(event.previous_hash || audit_content(event));
                INSERT INTO audit_auditevent SELECT event.*;
                RETURN event.number;
            END $$;

            CREATE FUNCTION audit_first_broken(p_tenant uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
                SELECT min(number) FROM (
                    SELECT e.number,
                        e.hash = sha256(e.previous_hash || audit_content(e)) AS whole,
                        e.previous_hash = coalesce(
                            lag(e.hash) OVER (ORDER BY e.number), sha256(convert_to(p_tenant::text, 'UTF8'))
                        ) AS follows,
                        e.number = row_number() OVER (ORDER BY e.number) AS counted
                    FROM audit_auditevent e WHERE e.tenant_id = p_tenant
                ) chain WHERE NOT (whole AND follows AND counted)
            $$;

            REVOKE ALL ON FUNCTION audit_append(uuid, uuid, text, text, uuid, jsonb) FROM PUBLIC;
            REVOKE ALL ON FUNCTION audit_first_broken(uuid) FROM PUBLIC;
            REVOKE ALL ON FUNCTION audit_content(audit_auditevent) FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION audit_append(uuid, uuid, text, text, uuid, jsonb)
                TO vaxtkraft_web, vaxtkraft_worker;
            GRANT EXECUTE ON FUNCTION audit_first_broken(uuid), audit_content(audit_auditevent)
                TO vaxtkraft_web, vaxtkraft_worker;
            """,
            """
            DROP FUNCTION audit_first_broken(uuid);
            DROP FUNCTION audit_append(uuid, uuid, text, text, uuid, jsonb);
            DROP FUNCTION audit_content(audit_auditevent);
            """,
        ),
    ]

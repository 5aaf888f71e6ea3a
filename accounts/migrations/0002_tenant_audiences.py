"""Which audiences a tenant belongs to: everyone, itself, and those its region shares with."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION tenant_audiences(tenant uuid) RETURNS uuid[]
            LANGUAGE sql STABLE STRICT AS $$
                WITH RECURSIVE above AS (
                    SELECT id, parent_id, members_audience FROM accounts_tenant WHERE id = tenant
                    UNION ALL
                    SELECT t.id, t.parent_id, t.members_audience
                    FROM accounts_tenant t JOIN above a ON t.id = a.parent_id
                )
                SELECT ARRAY['00000000-0000-4000-8000-000000000001'::uuid, tenant] || array_agg(members_audience)
                FROM above
            $$;
            REVOKE ALL ON FUNCTION tenant_audiences(uuid) FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION tenant_audiences(uuid)
                TO vaxtkraft_web, vaxtkraft_worker, vaxtkraft_region;
            """,
            "DROP FUNCTION tenant_audiences(uuid)",
        ),
    ]

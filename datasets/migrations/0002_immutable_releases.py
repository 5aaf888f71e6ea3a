"""A release never changes: only who may read it does."""

from django.db import migrations

TABLES = ("datasets_release", "datasets_releasetable", "datasets_releasereport")


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION datasets_release_is_final() RETURNS trigger LANGUAGE plpgsql
            SET search_path TO pg_catalog, public AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'audience_id' = to_jsonb(NEW) - 'audience_id' THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'A release never changes: publish a new one.' USING ERRCODE = 'restrict_violation';
            END $$;
            """
            + "".join(
                f"CREATE TRIGGER release_is_final BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION datasets_release_is_final();\n"
                for table in TABLES
            ),
            "".join(f"DROP TRIGGER release_is_final ON {table};\n" for table in TABLES)
            + "DROP FUNCTION datasets_release_is_final();",
        ),
    ]

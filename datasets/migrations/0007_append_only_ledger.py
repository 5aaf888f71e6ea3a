"""Releases are added and never taken away, not even by their owner's slip; nor are people moved out of them."""

from django.db import migrations

TABLES = ("datasets_release", "datasets_releasetable", "datasets_releasereport")


class Migration(migrations.Migration):
    dependencies = [("datasets", "0006_populations")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION datasets_release_is_kept() RETURNS trigger LANGUAGE plpgsql
            SET search_path TO pg_catalog, public AS $$
            BEGIN
                RAISE EXCEPTION 'Releases are never taken away: what is out cannot be called back.'
                    USING ERRCODE = 'restrict_violation';
            END $$;
            """
            + "".join(
                f"CREATE TRIGGER release_is_kept BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION datasets_release_is_kept();\n"
                for table in TABLES
            )
            + """
            CREATE FUNCTION datasets_population_stays() RETURNS trigger LANGUAGE plpgsql
            SET search_path TO pg_catalog, public AS $$
            BEGIN
                IF NOT EXISTS (SELECT 1 FROM datasets_release WHERE dataset_id = OLD.id) THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'Whom a released data set counts can not be changed.'
                    USING ERRCODE = 'restrict_violation';
            END $$;

            CREATE TRIGGER population_stays BEFORE UPDATE OF population ON datasets_dataset FOR EACH ROW
                WHEN (OLD.population IS DISTINCT FROM NEW.population)
                EXECUTE FUNCTION datasets_population_stays();
            """,
            """
            DROP TRIGGER population_stays ON datasets_dataset;
            DROP FUNCTION datasets_population_stays();
            """
            + "".join(f"DROP TRIGGER release_is_kept ON {table};\n" for table in TABLES)
            + "DROP FUNCTION datasets_release_is_kept();",
        ),
    ]

"""The table that stands in for Valkey while it does not answer. It holds throttling counters for minutes."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE portal_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX portal_cache_expires ON portal_cache (expires);
            GRANT SELECT, INSERT, UPDATE, DELETE ON portal_cache TO vaxtkraft_web, vaxtkraft_worker;
            """,
            "DROP TABLE portal_cache",
        ),
    ]

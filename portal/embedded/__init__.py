"""The servers of ``make run`` and ``make test``: PostgreSQL and Valkey from wheels, under ``var/``.

Nothing here knows Django or any app. A deployment with servers of its own needs only ``roles.sql``.
Why it is built this way: ``docs/adr/0004-embedded-servers.md``.
"""

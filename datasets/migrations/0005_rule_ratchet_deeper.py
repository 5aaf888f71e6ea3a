"""The ratchet of rules also holds what the rule says of insiders, intervals, deep crossings and dominance."""

from django.db import migrations

_HOLDS = """
    -- The same comparison as AggregationRule.stricter_or_equal; a missing field counts as looser.
    CREATE OR REPLACE FUNCTION datasets_rule_holds(new jsonb, old jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE
    SET search_path TO pg_catalog, public AS $$
        SELECT coalesce(
            datasets_sensitivity_rank(new->>'sensitivity') >= datasets_sensitivity_rank(old->>'sensitivity')
            AND (new->>'k')::int >= (old->>'k')::int
            AND (new->>'share_base')::int >= (old->>'share_base')::int
            AND (new->>'mean_base')::int >= (old->>'mean_base')::int
            AND (new->>'tau')::int >= (old->>'tau')::int
            AND (new->>'max_dimensions')::int <= (old->>'max_dimensions')::int
            AND array_position(ARRAY['shown', 'secondary', 'sensitive'], new->>'zeros')
                >= array_position(ARRAY['shown', 'secondary', 'sensitive'], old->>'zeros')
            AND ((old->>'rounding')::int <= 1
                OR (new->>'rounding')::int > 0
                    AND (new->>'rounding')::int % (old->>'rounding')::int = 0) {further},
            false)
    $$;
"""
# Rules stored before these fields existed say nothing of them: they count as off, in the new and in the old.
_FURTHER = """
            AND coalesce((new->>'insider')::boolean, false) >= coalesce((old->>'insider')::boolean, false)
            AND coalesce((new->>'interval')::boolean, false) >= coalesce((old->>'interval')::boolean, false)
            AND coalesce((new->>'deep_base')::int, 0) >= coalesce((old->>'deep_base')::int, 0)
            AND coalesce((new->>'dominance')::int, 0) >= coalesce((old->>'dominance')::int, 0)
"""


class Migration(migrations.Migration):
    dependencies = [("datasets", "0004_reader_report")]

    operations = [migrations.RunSQL(_HOLDS.replace("{further}", _FURTHER), _HOLDS.replace("{further}", ""))]

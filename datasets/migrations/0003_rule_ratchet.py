"""After its first release a data set's rule, and its sensitivity, only ever get stricter."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("datasets", "0002_immutable_releases")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION datasets_sensitivity_rank(word text) RETURNS integer LANGUAGE sql IMMUTABLE AS
                $$ SELECT array_position(ARRAY['open', 'internal', 'sensitive'], word) $$;

            -- The same comparison as AggregationRule.stricter_or_equal; a missing field counts as looser.
            CREATE FUNCTION datasets_rule_holds(new jsonb, old jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE
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
                            AND (new->>'rounding')::int % (old->>'rounding')::int = 0),
                    false)
            $$;

            CREATE FUNCTION datasets_rule_only_tightens() RETURNS trigger LANGUAGE plpgsql
            SET search_path TO pg_catalog, public AS $$
            BEGIN
                IF (datasets_rule_holds(NEW.rule, OLD.rule)
                    AND datasets_sensitivity_rank(NEW.sensitivity) >= datasets_sensitivity_rank(OLD.sensitivity))
                    OR NOT EXISTS (SELECT 1 FROM datasets_release WHERE dataset_id = OLD.id)
                THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'The rule of a released data set can only become stricter.'
                    USING ERRCODE = 'restrict_violation';
            END $$;

            CREATE TRIGGER rule_only_tightens BEFORE UPDATE OF rule, sensitivity ON datasets_dataset FOR EACH ROW
                WHEN (OLD.rule IS DISTINCT FROM NEW.rule OR OLD.sensitivity IS DISTINCT FROM NEW.sensitivity)
                EXECUTE FUNCTION datasets_rule_only_tightens();

            GRANT EXECUTE ON FUNCTION datasets_sensitivity_rank(text), datasets_rule_holds(jsonb, jsonb)
                TO vaxtkraft_web, vaxtkraft_worker;
            """,
            """
            DROP TRIGGER rule_only_tightens ON datasets_dataset;
            DROP FUNCTION datasets_rule_only_tightens();
            DROP FUNCTION datasets_rule_holds(jsonb, jsonb);
            DROP FUNCTION datasets_sensitivity_rank(text);
            """,
        ),
    ]

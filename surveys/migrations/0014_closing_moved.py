"""The last day of an open round may be moved, but no round comes to life again after its end."""

from django.db import migrations, models

NOT_AFTER_ITS_END = """
CREATE FUNCTION survey_round_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.opened_at IS NOT NULL AND OLD.closes_at <= now() AND NEW.closes_at > OLD.closes_at THEN
        RAISE EXCEPTION 'a round whose time is over is not prolonged' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER survey_round_ends_once BEFORE UPDATE OF closes_at ON surveys_surveyround
    FOR EACH ROW EXECUTE FUNCTION survey_round_ends_once();
"""

BACK = """
DROP TRIGGER survey_round_ends_once ON surveys_surveyround;
DROP FUNCTION survey_round_ends_once();
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0013_local_support_lines")]

    operations = [
        migrations.AddField("surveyround", "closing_moved_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(NOT_AFTER_ITS_END, BACK),
    ]

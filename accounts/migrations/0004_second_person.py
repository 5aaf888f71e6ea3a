"""A second person approves releases of sensitive data, unless an administrator has said why not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_api_tokens")]

    operations = [
        migrations.AlterField(
            model_name="tenant", name="needs_second_person", field=models.BooleanField(default=True)
        ),
        migrations.AddField(
            model_name="tenant",
            name="second_person_off_why",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        # Nothing read the column until now, so that nobody has chosen what it says. It is on by default.
        migrations.RunSQL("UPDATE accounts_tenant SET needs_second_person = true", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(needs_second_person=True) | ~models.Q(second_person_off_why=""),
                name="tenant_second_person_off_says_why",
            ),
        ),
    ]

"""Rows of a file that do not fit lie in quarantine, and are erased with the file's content."""

from django.db import migrations, models
from django.db.models import Q

NAME = "upload_content_erased_in_the_end"


class Migration(migrations.Migration):
    dependencies = [("datasets", "0013_dataset_ideas")]

    operations = [
        migrations.RemoveConstraint(model_name="upload", name=NAME),
        migrations.AddField(model_name="upload", name="quarantine", field=models.JSONField(default=list)),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                name=NAME,
                condition=Q(content=b"", quarantine=[]) | ~Q(state__in=["imported", "refused", "withdrawn"]),
            ),
        ),
    ]

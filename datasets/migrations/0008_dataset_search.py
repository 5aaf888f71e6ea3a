"""What searching and the page of gaps read of a data set."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models


class Migration(migrations.Migration):
    # The stored vector rewrites the table under a lock: of data sets there are thousands, so it takes moments.
    dependencies = [("datasets", "0007_append_only_ledger")]

    operations = [
        migrations.AddField(
            model_name="dataset", name="coverage", field=models.JSONField(blank=True, default=dict)
        ),
        migrations.AddField(
            model_name="dataset", name="search_words", field=models.TextField(blank=True, default="")
        ),
        migrations.AddField(
            model_name="dataset",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                editable=False,
                expression=(
                    SearchVector("title", config="swedish", weight="A")
                    + SearchVector("title_en", config="english", weight="A")
                    + SearchVector("search_words", config="swedish", weight="B")
                    + SearchVector("description", config="swedish", weight="C")
                    + SearchVector("description_en", config="english", weight="C")
                    + SearchVector("source", config="swedish", weight="D")
                ),
                output_field=SearchVectorField(),
            ),
        ),
    ]

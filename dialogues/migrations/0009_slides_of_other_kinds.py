"""Slides that are no charts, and the figures that a chart is kept at once the dialogue was held."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_person"),
        ("datasets", "0017_category_groupings"),
        ("dialogues", "0008_data_wish_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="SlidePicture",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("content", models.BinaryField()),
                ("content_type", models.CharField(max_length=20)),
                ("alternative", models.CharField(max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="slide",
            name="heading",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="slide",
            name="kind",
            field=models.CharField(
                choices=[
                    ("chart", "Chart"),
                    ("picture", "Picture"),
                    ("link", "Link"),
                    ("voice", "Voice"),
                    ("text", "Text"),
                    ("gap", "A gap here"),
                ],
                default="chart",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="slide",
            name="release",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="datasets.release",
            ),
        ),
        migrations.AddField(
            model_name="slide",
            name="source",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="slide",
            name="text",
            field=models.TextField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="slide",
            name="url",
            field=models.URLField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="slide",
            name="voice",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="datasets.voice",
            ),
        ),
        migrations.AlterField(
            model_name="slide",
            name="chart",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="datasets.chart",
            ),
        ),
        migrations.AddConstraint(
            model_name="slide",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chart__isnull", False), ("kind", "chart")),
                    models.Q(
                        models.Q(("kind", "chart"), _negated=True),
                        ("chart", None),
                        models.Q(("heading", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="slide_chart_or_heading",
            ),
        ),
        migrations.AddField(
            model_name="slidepicture",
            name="slide",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="picture", to="dialogues.slide"
            ),
        ),
        migrations.AddField(
            model_name="slidepicture",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.tenant",
            ),
        ),
    ]

"""Data sets and releases as JSON documents: how they are described to programs, and what each field holds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from datasets import wording
from datasets.cubes import pick
from datasets.exports import licence_of
from datasets.models import Dataset, Release, ReleaseTable

FORMS = ("json", "csv", "px", "xlsx")
"""The forms in which figures are given, by the ends of their addresses."""


class NamedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    url = serializers.CharField(help_text=_("Empty for a licence that has no address."))


class PublisherSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=["region", "municipality", "district"])
    code = serializers.CharField(help_text=_("SCB's code, with its leading zeros."))


class TableSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    forms = serializers.DictField(child=serializers.URLField(), help_text=_("An address for each form."))


class ReleaseSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    changes = serializers.CharField(help_text=_("What differs from the release before, in words."))
    url = serializers.URLField()


class ReleaseDetailSerializer(ReleaseSerializer):
    tables = TableSerializer(many=True)


class DatasetSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    description = serializers.CharField()
    publisher = PublisherSerializer()
    source = serializers.CharField()  # type: ignore[assignment]
    licence = NamedSerializer(allow_null=True)
    unit = serializers.CharField()
    measures = serializers.ChoiceField(choices=Dataset.Measures.choices)
    fit_for = serializers.ListField(
        child=serializers.IntegerField(),
        help_text=_(
            "1 measure and set goals, 2 explore, 3 follow up. Never rank places by what is fit for 2 only."
        ),
    )
    polarity = serializers.CharField()
    sensitivity = serializers.ChoiceField(choices=Dataset.Sensitivity.choices)
    themes = serializers.ListField(child=serializers.CharField())
    factors = serializers.ListField(child=serializers.CharField())
    how_to_read = serializers.CharField()
    does_not_say = serializers.CharField()
    is_synthetic = serializers.BooleanField(help_text=_("True for made-up figures of the demo."))
    updated = serializers.DateTimeField()
    url = serializers.URLField()
    page = serializers.URLField(help_text=_("The page for people."))


class DatasetDetailSerializer(DatasetSerializer):
    release = ReleaseDetailSerializer(help_text=_("The newest one."))
    releases = serializers.URLField()


class PageSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    size = serializers.IntegerField()
    pages = serializers.IntegerField()
    total = serializers.IntegerField()


class DatasetListSerializer(serializers.Serializer[Any]):
    page = PageSerializer()
    datasets = DatasetSerializer(many=True)


class ReleaseListSerializer(serializers.Serializer[Any]):
    releases = ReleaseSerializer(many=True)


class ProblemSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()


def absolute(name: str, **kwargs: Any) -> str:
    """The whole address of something of ours, whatever host the call came by."""
    return settings.BASE_URL + reverse(name, kwargs=kwargs)


def page_for_people(dataset: Dataset) -> str:
    """Where a data set is shown: its public page, or its page inside the municipality."""
    is_public = dataset.audience_id != dataset.tenant_id
    name = "public-dataset-detail" if is_public else "dataset-detail"
    return absolute(name, slug=dataset.tenant.slug, dataset_id=dataset.pk)


def dataset_document(dataset: Dataset, lang: str) -> dict[str, Any]:
    """What is known of a data set; it carries `newest_at` of `datasets_for`."""
    said = wording.described(dataset, lang)
    licence = licence_of(dataset.licence)
    tenant = dataset.tenant
    return {
        "id": dataset.pk,
        "title": said.title,
        "description": said.description,
        "publisher": {"slug": tenant.slug, "name": tenant.official_name, "kind": tenant.kind, "code": tenant.code},
        "source": dataset.source,
        "licence": {"name": licence.name, "url": licence.url} if licence else None,
        "unit": said.unit,
        "measures": dataset.measures,
        "fit_for": sorted(dataset.fit_for),
        "polarity": dataset.polarity,
        "sensitivity": dataset.sensitivity,
        "themes": dataset.themes,
        "factors": dataset.factors,
        "how_to_read": said.how_to_read,
        "does_not_say": said.does_not_say,
        "is_synthetic": dataset.is_synthetic,
        "updated": dataset.newest_at,  # type: ignore[attr-defined]
        "url": absolute("api-dataset-detail", dataset_id=dataset.pk),
        "page": page_for_people(dataset),
    }


def release_document(dataset: Dataset, release: Release) -> dict[str, Any]:
    """A release without its tables."""
    return {
        "number": release.number,
        "published_at": release.published_at,
        "changes": release.changes,
        "url": absolute("api-release-detail", dataset_id=dataset.pk, number=release.number),
    }


def release_detail(
    dataset: Dataset, release: Release, tables: list[ReleaseTable], lang: str, *, follows: bool
) -> dict[str, Any]:
    """A release with the addresses of its tables; those of the newest follow the data, the others stay."""

    def addresses(table: ReleaseTable) -> dict[str, str]:
        where: dict[str, Any] = {"dataset_id": dataset.pk, "table_code": table.code}
        if not follows:
            where["number"] = release.number
        name = "api-table-file" if follows else "api-release-file"
        return {form: absolute(name, **where, form=form) for form in FORMS}

    return release_document(dataset, release) | {
        "tables": [
            {"code": table.code, "title": pick(table.title, lang) or table.code, "forms": addresses(table)}
            for table in tables
        ]
    }

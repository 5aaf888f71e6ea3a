"""Closed data sets in the catalogue of open data: that they exist, where their municipality says so."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.errors import DatasetsError
from datasets.models import CatalogueListing, Dataset
from portal.audit.recording import record
from portal.tenancy.scope import PUBLIC_AUDIENCE


@transaction.atomic
def catalogue_listing_show(
    *, dataset: Dataset, description: str, description_en: str, contact: str, by: User
) -> CatalogueListing:
    """Tell everyone that a closed data set exists, in these words; its figures stay where they are.

    Told again it says what is said now. Raises DatasetsError for one that is another's, open or withdrawn.
    """
    if not Dataset.objects.own().filter(pk=dataset.pk, withdrawn_at=None).exists():
        raise DatasetsError(_("Only those who own a data set decide who may know of it."))
    if dataset.audience_id == PUBLIC_AUDIENCE:
        raise DatasetsError(_("This data set is open: it stands in the catalogue by itself."))
    listing, _made = CatalogueListing.objects.own().update_or_create(
        dataset=dataset,
        defaults={
            "audience_id": PUBLIC_AUDIENCE,
            "title": dataset.title,
            "title_en": dataset.title_en,
            "description": description.strip(),
            "description_en": description_en.strip(),
            "contact": contact.strip(),
            "themes": dataset.themes,
            "is_synthetic": dataset.is_synthetic,
            "listed_at": timezone.now(),
            "listed_by": by,
        },
    )
    record("dataset.listed_in_catalogue", target=dataset, by=by)
    return listing  # type: ignore[no-any-return]


@transaction.atomic
def catalogue_listing_hide(*, dataset: Dataset, by: User) -> None:
    """Take a closed data set out of the catalogue. Harvesters drop it at their next visit."""
    removed, _rows = CatalogueListing.objects.own().filter(dataset=dataset).delete()
    if not removed:
        raise DatasetsError(_("This data set is not in the catalogue."))
    record("dataset.removed_from_catalogue", target=dataset, by=by)

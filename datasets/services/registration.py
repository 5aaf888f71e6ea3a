"""Registering data sets, changing what is said of them, and deciding who may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.sorting import swedish_sort_key
from datasets.breaks import demands_of
from datasets.disclosure import AggregationRule, Sensitivity
from datasets.errors import DatasetsError
from datasets.models import CatalogueListing, Dataset, Release, ReleaseTable, SourceSubscription
from datasets.services.indexing import dataset_index
from datasets.uses import Purpose, Use, use_verdict
from datasets.wording import DEMANDS
from portal.audit.recording import record
from portal.tenancy.scope import PUBLIC_AUDIENCE

DESCRIBED = frozenset({
    "title", "title_en", "description", "description_en", "source", "licence", "contact", "measures", "fit_for",
    "department", "themes", "factors", "unit", "unit_en", "polarity", "is_synthetic", "next_update_on",
    "how_to_read", "how_to_read_en", "does_not_say", "does_not_say_en", "definition", "definition_en", "breaks",
    "whole_from", "ready_form",
})  # fmt: skip
"""What may be said of a data set and changed at any time."""


@transaction.atomic
def dataset_register(
    *,
    by: User | None,
    rule: AggregationRule | None = None,
    sensitivity: str = Dataset.Sensitivity.INTERNAL,
    origin: str = Dataset.Origin.FILE,
    origin_ref: str = "",
    audience_id: UUID | None = None,
    population: UUID | None = None,
    same_people_as: Dataset | None = None,
    **described: Any,
) -> Dataset:
    """Register a data set, with the default rule of its sensitivity unless a stricter one is given.

    `described` are columns of `Dataset`; `title`, `source` and `fit_for` are needed. Its audience is its own
    tenant unless one is given. `population` names the people that it counts, `same_people_as` another data set
    that counts them; left out, they are its own. Raises DatasetsError for a rule that is looser than its
    sensitivity asks, and for data that is to be measured with and lacks what that asks.
    """
    _check_described(described)
    _check_demands(described)
    rule = _rule_for(sensitivity, rule)
    dataset: Dataset = Dataset.objects.create(
        sensitivity=sensitivity,
        rule=rule.to_json(),
        origin=origin,
        origin_ref=origin_ref,
        audience_id=audience_id,
        population=population or (same_people_as.population if same_people_as else uuid4()),
        sort_key=swedish_sort_key(described["title"]),
        created_by=by,
        **described,
    )
    dataset_index(dataset)
    record("dataset.registered", target=dataset, by=by, sensitivity=dataset.sensitivity)
    return dataset


@transaction.atomic
def dataset_describe(*, dataset: Dataset, by: User, **described: Any) -> Dataset:
    """Change what is said of a data set; its rule, sensitivity and figures are changed elsewhere.

    Raises DatasetsError for what its releases bind, or a use of it needs. The database refuses the same.
    """
    _check_described(described)
    _check_demands({**{name: getattr(dataset, name) for name in DESCRIBED}, **described})
    _check_bound(dataset, described)
    changed = sorted(name for name, value in described.items() if getattr(dataset, name) != value)
    for name, value in described.items():
        setattr(dataset, name, value)
    dataset.sort_key = swedish_sort_key(dataset.title)
    dataset.save(update_fields=[*described, "sort_key"])
    dataset_index(dataset)
    record("dataset.described", target=dataset, by=by, changed=", ".join(changed))
    return dataset


@transaction.atomic
def dataset_change_rule(*, dataset: Dataset, rule: AggregationRule, by: User) -> Dataset:
    """Change from how few people figures are shown: after the first release only to a stricter rule.

    The same holds for the sensitivity, which the rule carries. Raises DatasetsError; a trigger in the database
    refuses as well.
    """
    locked = Dataset.objects.own().select_for_update().get(pk=dataset.pk)
    former = AggregationRule.from_json(locked.rule)
    if Release.objects.own().filter(dataset=locked).exists() and not rule.stricter_or_equal(former):
        raise DatasetsError(
            _("Figures have been published under the present rule, so it can only become stricter.")
        )
    sensitivity = rule.sensitivity.name.lower()
    if sensitivity == Dataset.Sensitivity.SENSITIVE and locked.department_id is None:
        raise DatasetsError(_("Sensitive data belongs to a department: say first which one answers for it."))
    _rule_for(sensitivity, rule)
    locked.rule, locked.sensitivity = rule.to_json(), sensitivity
    locked.save(update_fields=["rule", "sensitivity"])
    record("dataset.rule_changed", target=locked, by=by, k=rule.k, sensitivity=sensitivity)
    dataset.rule, dataset.sensitivity = locked.rule, locked.sensitivity
    return dataset


@transaction.atomic
def dataset_open_to_public(*, dataset: Dataset, by: User) -> Dataset:
    """Let anyone see a data set and its releases.

    Raises DatasetsError where nothing has been published yet, and for data that no public use is lawful of.
    """
    if not Release.objects.own().filter(dataset=dataset).exists():
        raise DatasetsError(_("There is nothing to show yet. Bring in figures first."))
    verdict = use_verdict(dataset, Purpose.EXPLORE, Use.PUBLIC)
    if verdict.is_refused:
        raise DatasetsError(verdict.text(get_language() or "sv"))
    return _give_audience(dataset, PUBLIC_AUDIENCE, "dataset.opened_to_public", by)


@transaction.atomic
def dataset_close(*, dataset: Dataset, by: User) -> Dataset:
    """Let only the owning tenant see a data set again. What somebody copied meanwhile can't be called back."""
    return _give_audience(dataset, dataset.tenant_id, "dataset.closed", by)


@transaction.atomic
def dataset_share_with_members(*, dataset: Dataset, by: User | None) -> Dataset:
    """Let every municipality of a region see one of the region's own data sets."""
    if not dataset.tenant.is_region:
        raise DatasetsError(_("Only a region shares data sets with its municipalities."))
    return _give_audience(dataset, dataset.tenant.members_audience, "dataset.shared_with_members", by)


@transaction.atomic
def dataset_withdraw(*, dataset: Dataset, by: User) -> Dataset:
    """Take a data set out of lists and searches. Charts that were made of it keep their figures."""
    if not Dataset.objects.own().filter(pk=dataset.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        raise DatasetsError(_("This data set has already been withdrawn."))
    CatalogueListing.objects.own().filter(dataset=dataset).delete()
    record("dataset.withdrawn", target=dataset, by=by)
    return dataset


def _give_audience(dataset: Dataset, audience_id: UUID, verb: str, by: User | None) -> Dataset:
    """The data set and all of its releases get the same readers, together."""
    if not Dataset.objects.own().filter(pk=dataset.pk).update(audience_id=audience_id):
        raise DatasetsError(_("Only those who own a data set decide who may see it."))
    Release.objects.own().filter(dataset=dataset).update(audience_id=audience_id)
    ReleaseTable.objects.own().filter(release__dataset=dataset).update(audience_id=audience_id)
    SourceSubscription.objects.own().filter(dataset=dataset).update(audience_id=audience_id)
    dataset.audience_id = audience_id
    record(verb, target=dataset, by=by)
    return dataset


def _rule_for(sensitivity: str, rule: AggregationRule | None) -> AggregationRule:
    kind = Sensitivity[sensitivity.upper()]
    if rule is None:
        return AggregationRule.default(kind)
    if rule.sensitivity is not kind:
        raise DatasetsError(_("The rule is for data of another sensitivity. Choose the rule again."))
    if not rule.stricter_or_equal(AggregationRule.default(kind)):
        raise DatasetsError(
            _("The rule is looser than data of this sensitivity allows. Choose the usual one or a stricter one.")
        )
    return rule


def _check_demands(described: Mapping[str, Any]) -> None:
    if Purpose.MEASURE not in described.get("fit_for", ()):
        return
    if lacks := demands_of(described):
        raise DatasetsError(" ".join(str(DEMANDS[demand]) for demand in lacks))


def _check_bound(dataset: Dataset, described: Mapping[str, Any]) -> None:
    """What can't be said otherwise once figures are out: the ratchet of everything that is not the rule."""
    fit_for = described.get("fit_for", dataset.fit_for)
    if dataset.audience_id == PUBLIC_AUDIENCE and use_verdict(_Fit(fit_for), 2, Use.PUBLIC).is_refused:
        raise DatasetsError(_("Anyone can see the data set now. Close it first, or keep it fit to explore."))
    if not Release.objects.own().filter(dataset=dataset).exists():
        return
    department = described.get("department", dataset.department)
    if dataset.department_id and (department is None or department.pk != dataset.department_id):
        raise DatasetsError(
            _("Figures have been published, so the data set stays with its department: it knows what is hidden.")
        )
    if dataset.sensitivity == Dataset.Sensitivity.SENSITIVE and not set(fit_for) <= set(dataset.fit_for):
        raise DatasetsError(
            _("Figures have been published, so sensitive data is used for nothing more than before.")
        )


@dataclass(frozen=True)
class _Fit:
    fit_for: Collection[int]


def _check_described(described: Mapping[str, object]) -> None:
    if unknown := set(described) - DESCRIBED:
        raise TypeError(f"A data set has no {', '.join(sorted(unknown))} to describe.")

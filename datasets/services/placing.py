"""The data set that a file's figures belong to: a new one as it was registered, or its own."""

from __future__ import annotations

from uuid import UUID

from accounts.models import Department, User
from datasets.disclosure import AggregationRule
from datasets.models import Dataset, Upload
from datasets.services.registration import DESCRIBED, dataset_change_rule, dataset_register


def dataset_in_place(
    *,
    upload: Upload,
    dataset: Dataset | None,
    rule: AggregationRule,
    population: UUID,
    by: User,
    audience_id: UUID | None = None,
) -> Dataset:
    """The data set that a release is of, with the rule that was chosen: registered as the file says, if it is new.

    A new one is read by `audience_id`, or by its own tenant.
    """
    if dataset is None:
        return _register(upload, rule, population, by, audience_id)
    if rule != AggregationRule.from_json(dataset.rule):
        dataset_change_rule(dataset=dataset, rule=rule, by=by)
    return dataset


def _register(
    upload: Upload, rule: AggregationRule, population: UUID, by: User, audience_id: UUID | None
) -> Dataset:
    given = upload.registration
    described = {name: value for name, value in given.items() if name in DESCRIBED and name != "department"}
    department_id = given.get("department")
    return dataset_register(
        by=by,
        rule=rule,
        sensitivity=str(given["sensitivity"]),
        population=population,
        department=Department.objects.get(pk=department_id) if department_id else upload.department,
        audience_id=audience_id,
        **described,
    )

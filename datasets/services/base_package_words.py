"""The words of a fetched table: those of its declaration in the base package, else the source's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from accounts.models import Tenant
from datasets.connectors import Fetched
from datasets.content.base_package import Indicator
from datasets.cubes import Category, Cube, Dimension, Role, Unit
from datasets.errors import DatasetsError
from datasets.models import Dataset, SourceSubscription
from datasets.services.registration import dataset_register


def dataset_of(indicator: Indicator | None, fetched: Fetched, subscription: SourceSubscription) -> Dataset:
    """Register the data set of an indicator, for the region and its municipalities, as it was declared."""
    if indicator is None:
        raise DatasetsError(f"{subscription.source_id} fills no data set.")
    tenant = Tenant.objects.get(pk=subscription.tenant_id)
    time = fetched.cube.with_role(Role.TIME)
    both = {
        name: getattr(indicator, name) for name in ("title", "definition", "unit", "how_to_read", "does_not_say")
    }
    both["description"] = indicator.text
    return dataset_register(
        by=None,
        sensitivity=Dataset.Sensitivity.OPEN,
        origin=Dataset.Origin.SOURCE,
        origin_ref=f"base_package:{indicator.key}",
        audience_id=tenant.members_audience,
        source=fetched.source[:300],
        licence=fetched.licence[:100],
        measures=indicator.measures,
        polarity=indicator.polarity,
        fit_for=list(indicator.fit_for),
        factors=list(indicator.factors),
        themes=list(indicator.themes),
        whole_from=time.codes[0] if time else "",
        is_synthetic=tenant.is_demo,
        **{name: text["sv"] for name, text in both.items()},
        **{f"{name}_en": text["en"] for name, text in both.items()},
    )


def named(fetched: Fetched, indicator: Indicator | None, dataset: Dataset) -> Cube:
    """The cube under its data set's title, with its source, and the declared words of both languages."""
    title = {lang: text for lang, text in (("sv", dataset.title), ("en", dataset.title_en)) if text}
    cube = replace(fetched.cube, title=title, source=fetched.source)
    if indicator is None:
        return cube
    unit = Unit(indicator.unit, cube.unit.decimals if cube.unit else None)
    dimensions = tuple(
        _labelled(dimension, indicator.labels.get(dimension.code, {}), unit, indicator.title)
        for dimension in cube.dimensions
    )
    return replace(cube, dimensions=dimensions, unit=unit)


def _labelled(
    dimension: Dimension, labels: Mapping[str, Mapping[str, str]], unit: Unit, title: Mapping[str, str]
) -> Dimension:
    """A dimension with the declared words; one measure alone is called as the indicator is."""

    def told(category: Category) -> Category:
        if dimension.role is Role.METRIC:
            alone = len(dimension) == 1
            own = replace(unit, decimals=category.unit.decimals) if category.unit else unit
            return replace(category, label=title if alone else category.label, unit=own)
        return replace(category, label={**category.label, **labels.get(category.code, {})})

    label = {**dimension.label, **labels.get("", {})}
    return replace(dimension, label=label, categories=tuple(told(one) for one in dimension.categories))

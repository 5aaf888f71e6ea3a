"""Groupings of a data set's categories: brought in as PC-Axis's files, checked, and used by its next release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.cubes import Cube, Dimension, NotSummable, Role, UnknownCode
from datasets.errors import DatasetsError
from datasets.importers import Group, Grouping, groupings, with_groups
from datasets.models import CategoryGrouping, Dataset
from datasets.selectors import latest_release, load_table, tables_of
from portal.audit.recording import record

_MOST_TOLD = 12


@dataclass(frozen=True)
class Fit:
    """How a grouping fits a dimension: how many of its groups can be formed, and codes that are not there."""

    formed: int
    groups: int
    unknown: tuple[str, ...]


def groupable(dataset: Dataset) -> list[Dimension]:
    """The dimensions of a data set's newest figures whose categories may be taken together."""
    release = latest_release(dataset)
    first = tables_of(release).first() if release else None
    if release is None or first is None:
        return []
    dimensions = load_table(release, first.code).dimensions
    return [d for d in dimensions if d.summable and d.role not in (Role.TIME, Role.METRIC)]


@transaction.atomic
def category_grouping_bring(
    *, dataset: Dataset, dimension: Dimension, files: Mapping[str, bytes], by: User
) -> tuple[CategoryGrouping, Fit]:
    """Keep the grouping that some .agg and .vs files hold, for a dimension; it takes the place of a former one.

    Raises DatasetsError where the files hold no grouping, several, or none of whose groups can be formed.
    """
    found = {grouping.name: grouping for several in _read(files).values() for grouping in several}
    if not found:
        raise DatasetsError(_("The files hold no grouping. Choose an .agg file, and the .vs file that names it."))
    if len(found) > 1:
        raise DatasetsError(_("The files hold several groupings. Choose one .agg file at a time."))
    grouping = next(iter(found.values()))
    fit = fit_of(grouping, dimension)
    if not fit.formed:
        raise DatasetsError(
            _("None of the groups can be formed: %(codes)s are no categories here. Choose another file.")
            % {"codes": told(fit.unknown)}
        )
    CategoryGrouping.in_scope().filter(dataset=dataset, dimension=dimension.code).delete()
    kept: CategoryGrouping = CategoryGrouping.objects.create(
        dataset=dataset,
        dimension=dimension.code,
        name=grouping.name[:200],
        groups=[{**asdict(group), "members": list(group.members)} for group in grouping.groups],
        brought_by=by,
    )
    record("category_grouping.brought", target=kept, by=by, groups=fit.groups)
    return kept, fit


@transaction.atomic
def category_grouping_remove(*, grouping: CategoryGrouping, by: User) -> None:
    """Let the next release do without a grouping. Releases that have it keep it."""
    record("category_grouping.removed", target=grouping, by=by)
    grouping.delete()


def groupings_of(dataset: Dataset | None) -> list[CategoryGrouping]:
    """What is kept for a data set; nothing for one that is not registered yet."""
    return [] if dataset is None else list(CategoryGrouping.in_scope().filter(dataset=dataset))


def grouped(cube: Cube, kept: Sequence[CategoryGrouping]) -> Cube:
    """The cube with the groups that can be formed of its categories, as levels above them."""
    for one in kept:
        with suppress(NotSummable, UnknownCode):
            cube = with_groups(cube, one.dimension, _as_grouping(one))
    return cube


def fit_of(grouping: Grouping, dimension: Dimension) -> Fit:
    """How a grouping fits; a group of which a member is missing would be too low, and is not formed."""
    known = set(dimension.codes)
    unknown = dict.fromkeys(m for group in grouping.groups for m in group.members if m not in known)
    formed = [group for group in grouping.groups if group.members and set(group.members) <= known]
    return Fit(len(formed), len(grouping.groups), tuple(unknown))


def told(codes: Sequence[str]) -> str:
    """Some codes on one line."""
    return ", ".join(codes[:_MOST_TOLD]) + (" …" if len(codes) > _MOST_TOLD else "")


def _as_grouping(kept: CategoryGrouping) -> Grouping:
    groups = tuple(Group(group["code"], group["label"], tuple(group["members"])) for group in kept.groups)
    return Grouping(kept.name, groups)


def _read(files: Mapping[str, bytes]) -> Mapping[str, tuple[Grouping, ...]]:
    """The groupings in some files; of one that is brought in without its set of values, under no name."""
    found = groupings(files)
    if found:
        return found
    named = {f"{name}.vs": _values_for(name) for name in files if name.lower().endswith(".agg")}
    return groupings({**files, **named})


def _values_for(name: str) -> bytes:
    """A set of values that only says which grouping is its own."""
    return f"[Descr]\nName=-\n[Aggreg]\n1={name}\n[Domain]\n1=-\n".encode()

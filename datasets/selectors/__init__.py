"""Reads across data sets: what a tenant may see, the newest release of it, and its tables.

What is read here is what the tenant at work owns or was given a share of; on a public page what is public.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.models import Membership, Tenant
from datasets.breaks import breaks_of
from datasets.charts import About, Measures
from datasets.charts.about import Polarity
from datasets.cubes import LocalText
from datasets.disclosure import ProtectedCube
from datasets.exploring import Idea
from datasets.exploring.finding import answering
from datasets.models import Chart, Dataset, LedgerAlarm, Release, ReleaseTable, Upload
from datasets.rights import ADMINISTRATORS, Right, Seen, Sensitive, person_of, right_of
from portal.tenancy.scope import PUBLIC_AUDIENCE, current

MOST_KNOWN_FILES = 100
SORTS = {"title": ("sort_key",), "newest": ("-newest_at", "sort_key")}


@dataclass(frozen=True)
class DatasetSearch:
    """What somebody looks for among the data sets, in their own words.

    `near` are the tenants whose open data counts as one's own; None finds everyone's. `group` is a key of
    `datasets.exploring.coverage.Group`.
    """

    words: str = ""
    near: tuple[UUID, ...] | None = None
    theme: str = ""
    factor: str = ""
    measures: str = ""
    fit_for: int | None = None
    sensitivity: str = ""
    department: UUID | None = None
    group: str = ""
    sort: str = ""


def datasets_for(search: DatasetSearch | None = None) -> QuerySet[Dataset]:
    """The data sets that the scope at work may see, each with `newest_at` and `newest_number` of its releases."""
    search = search or DatasetSearch()
    newest = Release.objects.filter(dataset=OuterRef("pk")).order_by("-number")
    found: QuerySet[Dataset] = Dataset.objects.filter(withdrawn_at=None).annotate(
        newest_at=Subquery(newest.values("published_at")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
    )
    if search.near is not None:
        found = found.filter(Q(tenant_id__in=search.near) | ~Q(audience_id=PUBLIC_AUDIENCE))
    if search.words.strip():
        found = answering(found, search.words)
    if search.theme:
        found = found.filter(ideas__contains=[f"theme:{search.theme}"])
    if search.factor:
        found = found.filter(factors__contains=[search.factor])
    if search.measures:
        found = found.filter(measures=search.measures)
    if search.fit_for:
        found = found.filter(fit_for__contains=[search.fit_for])
    if search.sensitivity:
        found = found.filter(sensitivity=search.sensitivity)
    if search.department:
        found = found.filter(department_id=search.department)
    if search.group:
        found = found.filter(coverage__has_key=search.group)
    best = ("-score", "sort_key") if search.words.strip() else SORTS["title"]
    return found.order_by(*SORTS.get(search.sort, best))


def near(tenant: Tenant) -> tuple[UUID, ...]:
    """A tenant and those above it: what they have opened stands in its own list."""
    above = [tenant.pk]
    if tenant.parent_id is not None:
        above.append(tenant.parent_id)
    if tenant.kind == Tenant.Kind.DISTRICT:
        above.append(tenant.region.pk)
    return tuple(above)


def with_releases(found: QuerySet[Dataset]) -> QuerySet[Dataset]:
    """Only the data sets that have something to show."""
    return found.filter(Exists(Release.objects.filter(dataset=OuterRef("pk"))))


def latest_release(dataset: Dataset) -> Release | None:
    """The newest release that the scope at work may see."""
    return Release.objects.filter(dataset=dataset).order_by("-number").first()


def released_about(population: UUID) -> QuerySet[Release]:
    """Every release about some people that the tenant at work may know, the oldest first.

    Its own, whatever data set they are of, withdrawn ones too; and those that its region or its parts (a region's
    municipalities) have opened to it. What they have not opened nobody here may read, and so it is not held; nor
    is what they had opened and closed again.
    """
    tenant = Tenant.objects.get(pk=current())
    kin = Q(tenant_id__in=near(tenant)) | Q(tenant__parent_id=tenant.pk) | Q(tenant__parent__parent_id=tenant.pk)
    # Its own also where it let only somebody else read them: a municipality's part of a region's file.
    shared: QuerySet[Release] = Release.objects.filter(kin, dataset__population=population)
    return (shared | Release.objects.own().filter(dataset__population=population)).order_by("published_at", "pk")


def same_people_choices(tenant: Tenant) -> QuerySet[Dataset]:
    """The data sets of which somebody may say that a new one counts the same people.

    Open ones hide nothing, so that nothing of theirs can be told by another's figures.
    """
    found: QuerySet[Dataset] = Dataset.objects.filter(tenant_id__in=near(tenant), withdrawn_at=None)
    return found.exclude(sensitivity=Dataset.Sensitivity.OPEN).order_by("sort_key")


def alarms_of(dataset: Dataset | OuterRef) -> QuerySet[LedgerAlarm]:
    """What a data set's stewards have been alarmed about and nobody has seen yet."""
    return LedgerAlarm.in_scope().filter(dataset=dataset, seen_at=None).order_by("-raised_at")


def newest_tables(dataset: Dataset) -> list[ReleaseTable]:
    """The tables of the newest release in order, without their figures, each with the release. One query."""
    newest = Release.objects.filter(dataset=dataset).order_by("-number").values("pk")[:1]
    found = ReleaseTable.objects.filter(release=Subquery(newest)).select_related("release")
    return list(found.defer("structure", "values", "statuses", "report", "sha256").order_by("position"))


def tables_of(release: Release) -> QuerySet[ReleaseTable]:
    """A release's tables in order, without their figures."""
    found: QuerySet[ReleaseTable] = ReleaseTable.objects.filter(release=release)
    return found.only("id", "tenant_id", "release_id", "code", "position", "title").order_by("position")


def load_table(release: Release, code: str) -> ProtectedCube:
    """A table of a release with its figures. Raises ReleaseTable.DoesNotExist where there is none of that code."""
    return cube_of(ReleaseTable.objects.get(release=release, code=code))


def cube_of(table: ReleaseTable) -> ProtectedCube:
    """The protected cube that a stored table is."""
    values = np.array(table.values, dtype=np.float64)
    return ProtectedCube.from_release(table.structure, values, table.statuses, table.report, table.sha256)


def charts_for(dataset: Dataset | None = None) -> QuerySet[Chart]:
    """The saved charts that the scope at work may see, newest first, with what they are charts of."""
    found: QuerySet[Chart] = Chart.objects.select_related("dataset", "release")
    return found if dataset is None else found.filter(dataset=dataset)


def opened_chart(chart_id: UUID, tenant: Tenant) -> Subquery:
    """Of a data set in a query: a chart of it that the tenant saved, so that it can be saved anew."""
    own = charts_for().filter(pk=chart_id, tenant=tenant, dataset=OuterRef("pk"))
    said = JSONObject(id="pk", title="title", note="note", release="release_id")
    return Subquery(own.values(said=said))


def charts_answering(ideas: Sequence[Idea]) -> QuerySet[Chart]:
    """The saved charts whose title or note says a word of a question, newest first."""
    said = (Q(title__icontains=idea.said) | Q(note__icontains=idea.said) for idea in ideas)
    return charts_for().filter(reduce(or_, said, Q(pk=None)))


PEOPLE = "people"
"""The format of an upload whose rows are people: sealed, and with pages of its own."""


def uploads_for(membership: Membership, *, of_people: bool | None = None) -> QuerySet[Upload]:
    """The uploads that a person may see: their department's; all of them for an administrator.

    Secrecy runs between departments too, so a steward of another department does not know that they exist. The
    files themselves stay in the database. `of_people`: only those whose rows are people, or only the others.
    """
    found = Upload.in_scope().defer("content").select_related("department", "dataset")
    if of_people is not None:
        found = found.filter(format=PEOPLE) if of_people else found.exclude(format=PEOPLE)
    person = person_of(membership, membership.tenant_id, membership.department_id)
    # How sensitive a file is may not be said yet: it counts as the most.
    if right_of(person, Seen.RAW, Sensitive.SENSITIVE) is not Right.ALWAYS:
        return found.none()
    return found if membership.role in ADMINISTRATORS else found.filter(department=membership.department_id)


def come_as_people() -> Exists:
    """Of a data set in a query: whether its figures have come as a file of people, as the next will too."""
    return Exists(Upload.in_scope().filter(dataset=OuterRef("pk"), format=PEOPLE, state=Upload.State.IMPORTED))


def known_files(upload: Upload) -> tuple[Upload, ...]:
    """Files of the same department that became data sets, newest first, for one of which nothing was said yet."""
    if upload.dataset_id is not None or upload.mapping:
        return ()
    found = Upload.in_scope().filter(
        state=Upload.State.IMPORTED, department=upload.department_id, dataset__withdrawn_at=None
    )
    known = found.exclude(format=PEOPLE).defer("content").order_by("-uploaded_at")
    return tuple(known[:MOST_KNOWN_FILES])


def may_steward(membership: Membership | None, dataset: Dataset) -> bool:
    """Whether somebody answers for a data set, and so may know what is hidden in it."""
    person = person_of(membership, dataset.tenant_id, dataset.department_id)
    return right_of(person, Seen.HIDDEN, dataset.sensitivity) is Right.ALWAYS


def may_read(membership: Membership | None, dataset: Dataset) -> bool:
    """Whether somebody may read a data set's releases, which the scope at work lets be found at all.

    What was opened to others is found by its audience, in the database. A guest sees it in a dialogue alone.
    """
    person = person_of(membership, dataset.tenant_id, dataset.department_id)
    return right_of(person, Seen.RELEASE, dataset.sensitivity) in (Right.ALWAYS, Right.OPENED)


def about_of(dataset: Dataset, title: LocalText | None = None) -> About:
    """What a chart must know of its data set. `title` is the table's, where a release holds several."""
    return About(
        measures=Measures(dataset.measures),
        fit_for=frozenset(dataset.fit_for),
        is_sample=dataset.origin == Dataset.Origin.SURVEY,
        is_demo=dataset.is_synthetic,
        smallest_base=int(dataset.rule.get("share_base", 0)),
        title=title or local(dataset.title, dataset.title_en),
        how_to_read=local(dataset.how_to_read, dataset.how_to_read_en),
        does_not_say=local(dataset.does_not_say, dataset.does_not_say_en),
        # A way that nobody has said is no judgement either.
        polarity=Polarity.NONE if dataset.polarity == Dataset.Polarity.UNSAID else Polarity(dataset.polarity),
        breaks=breaks_of(dataset.breaks),
        framing=dataset.framing,
    )


def local(swedish: str, english: str) -> LocalText:
    """A text in the languages in which somebody wrote it."""
    return {lang: text for lang, text in (("sv", swedish), ("en", english)) if text}

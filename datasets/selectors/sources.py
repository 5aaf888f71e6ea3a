"""Reads of sources: what is fetched, how it goes, and how the base package stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import Tenant
from datasets.connectors import Definition, Difference, differences
from datasets.content.base_package import AREAS, Indicator, find_indicator, indicators
from datasets.cubes import pick
from datasets.models import Dataset, PackageCheck, SourceSubscription
from datasets.states import Subscription
from datasets.wording.sources import finding_in_words, trouble_in_words


def own_subscriptions() -> QuerySet[SourceSubscription]:
    """What the tenant at work fetches by itself, the base package not counted, the newest first."""
    found: QuerySet[SourceSubscription] = SourceSubscription.objects.own().filter(package_key="")
    return found.select_related("dataset").order_by("-created_at")


def subscription_of(dataset: Dataset) -> SourceSubscription | None:
    """What fills a data set, where a source does; also the region's, for those it shares the data set with."""
    found: SourceSubscription | None = (
        SourceSubscription.objects.filter(dataset=dataset).order_by("created_at").last()
    )
    return found


def is_by_older(subscription: SourceSubscription) -> bool:
    """Whether the source's older interface told what it is, since the one that was asked lacks it."""
    return bool((subscription.definition or subscription.found or {}).get("interface"))


def changes_held(subscription: SourceSubscription) -> Sequence[Difference]:
    """What the source has changed of something that is held."""
    if subscription.state != Subscription.HELD:
        return ()
    now = Definition.from_json(subscription.found)
    if subscription.definition:
        return differences(Definition.from_json(subscription.definition), now)
    indicator = find_indicator(subscription.package_key)
    return (Difference("title", "", indicator.source_title if indicator else "", now.title),)


@dataclass(frozen=True)
class PackageRow:
    """One indicator on the page of the base package."""

    indicator: Indicator
    title: str
    question: str
    subscription: SourceSubscription | None
    finding: str


@dataclass(frozen=True)
class PackageArea:
    """A part of life with its indicators."""

    key: str
    title: str
    rows: tuple[PackageRow, ...]


def base_package(region: Tenant, lang: str) -> list[PackageArea]:
    """The whole package with how each indicator stands in a region; findings only for the region itself."""
    shared = SourceSubscription.objects.filter(tenant=region).exclude(package_key="").select_related("dataset")
    by_key = {subscription.package_key: subscription for subscription in shared}
    check = latest_check()
    findings: Mapping[str, Any] = {one["key"]: one for one in check.findings} if check else {}
    return [
        PackageArea(
            key=area,
            title=pick(title, lang),
            rows=tuple(
                PackageRow(
                    indicator=one,
                    title=pick(one.title, lang),
                    question=pick(one.question, lang),
                    subscription=by_key.get(one.key),
                    finding=finding_in_words(findings[one.key]) if one.key in findings else "",
                )
                for one in indicators()
                if one.area == area
            ),
        )
        for area, title in AREAS.items()
    ]


def latest_check() -> PackageCheck | None:
    """The newest comparison of the package with its sources, of the tenant at work."""
    return PackageCheck.in_scope().order_by("-checked_at").first()


def told(subscription: SourceSubscription) -> dict[str, Any]:
    """A subscription with its trouble in the reader's words."""
    why = trouble_in_words(subscription.trouble, subscription.trouble_params) if subscription.trouble else ""
    title = subscription.dataset.title if subscription.dataset else str(subscription)
    return {"row": subscription, "title": title, "why": why}

"""Imprints of data sets: everything that goes with their figures through every way out."""

from __future__ import annotations

from collections import Counter

import numpy as np
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from datasets.charts import ChartSpec, Selection
from datasets.charts.resolve import resolve
from datasets.charts.spec import Missing, SeriesTrend
from datasets.charts.wording import missing_text
from datasets.cubes import Cube, Reason, Role, pick
from datasets.disclosure import ProtectedCube
from datasets.exports import Imprint, licence_of
from datasets.models import Dataset, Release
from datasets.wording import FIT_FOR


def address(path: str) -> str:
    """A path of the portal as an address that also works from a file on somebody's desk."""
    return settings.BASE_URL + path


def imprint_of_view(
    *,
    dataset: Dataset,
    release: Release,
    cube: ProtectedCube,
    spec: ChartSpec,
    selection: Selection,
    link: str,
    holding: str = "",
    revised: str = "",
) -> Imprint:
    """What goes with the figures of one chart. `link` is the whole address at which it can be seen."""
    with translation.override(spec.lang):
        return Imprint(
            lang=spec.lang,
            title=spec.title,
            subtitle=spec.subtitle,
            sentence=spec.sentence,
            unit=spec.y.label,
            source=_named(spec.source or dataset.source),
            licence=licence_of(dataset.licence),
            processing=_processing(cube.cube, selection),
            notes=_notes(cube.cube, spec.notes, spec.lang),
            updated=spec.updated,
            updated_text=spec.updated_text,
            release=release_words(release),
            holding=holding,
            revised=revised,
            missing=spec.missing,
            signs=_signs(cube.cube, spec.lang),
            interval=spec.interval_text,
            breaks=tuple(cut.text for cut in spec.breaks),
            trends=tuple(_trend(spec, one) for one in spec.trends if one.state != "too_short"),
            pooled=spec.pooled,
            purpose=_purpose(dataset),
            reading=spec.reading,
            demo=spec.demo_label,
            link=link,
        )


def imprint_of_table(
    *, dataset: Dataset, release: Release, cube: ProtectedCube, spec: ChartSpec, link: str, holding: str = ""
) -> Imprint:
    """What goes with every figure of a table, of which `spec` shows a part."""
    plain, lang = cube.cube, spec.lang
    notes = tuple(dict.fromkeys(pick(note.text, lang) for note in plain.notes if pick(note.text, lang)))
    with translation.override(lang):
        return Imprint(
            lang=lang,
            title=spec.title,
            sentence=_("Every figure of the table, one a row."),
            unit=_units(plain, lang) or spec.y.label,
            source=_named(spec.source or dataset.source),
            licence=licence_of(dataset.licence),
            notes=_notes(plain, notes, lang),
            updated=spec.updated,
            updated_text=spec.updated_text,
            release=release_words(release),
            holding=holding,
            missing=_missing(plain, lang),
            signs=_signs(plain, lang),
            purpose=_purpose(dataset),
            reading=spec.reading,
            demo=spec.demo_label,
            link=link,
        )


def release_words(release: Release) -> str:
    """A release by its number and day."""
    day = date_format(localtime(release.published_at), "j F Y")
    return _("Release %(number)s, published %(day)s") % {"number": release.number, "day": day}


def holding_words(*, stays: bool) -> str:
    """Whether the figures behind a link stay as they are or follow the data."""
    if stays:
        return _("They stay as they were in this release, also when newer ones come.")
    return _("They follow the data: the link shows the newest ones.")


def _trend(spec: ChartSpec, trend: SeriesTrend) -> str:
    return f"{trend.label}: {trend.words}" if len(spec.series) > 1 else trend.words


def _named(source: str) -> str:
    """Who made the figures, without the word that says so."""
    return source.strip().removeprefix("Källa:").removeprefix("Source:").strip()


def _processing(cube: Cube, selection: Selection) -> str:
    """What was made of the source's figures here, which open licences ask us to say."""
    view = resolve(selection, cube)
    if view.share is not None:
        return _("The shares are worked out in Växtkraft from the source's counts.")
    if view.adds:
        return _("Figures are added together in Växtkraft.")
    return ""


def _purpose(dataset: Dataset) -> str:
    return " ".join(f"{Dataset.FitFor(use).label}: {FIT_FOR[use]}" for use in sorted(dataset.fit_for))


def _notes(cube: Cube, texts: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """The footnotes, those that must be read first."""
    first = {pick(note.text, lang) for note in cube.notes if note.mandatory}
    return tuple(sorted(texts, key=lambda text: text not in first))


def _units(cube: Cube, lang: str) -> str:
    metric = cube.with_role(Role.METRIC)
    found = [cube.unit] if metric is None else [category.unit or cube.unit for category in metric.categories]
    labels = [pick(unit.label, lang) for unit in found if unit is not None]
    return ", ".join(dict.fromkeys(filter(None, labels)))


def _missing(cube: Cube, lang: str) -> tuple[Missing, ...]:
    counted = Counter(cube.statuses.ravel().tolist())
    told = (reason for reason in Reason if reason.is_missing or reason is Reason.ROUNDED)
    return tuple(
        Missing(reason.token, missing_text(cube, reason, lang), counted[int(reason)])
        for reason in told
        if counted[int(reason)]
    )


def _signs(cube: Cube, lang: str) -> tuple[tuple[str, str], ...]:
    """The source's signs that occur in the table, with its own words for them."""
    places = np.unique(cube.sign_places())
    signs = [cube.symbols[place - 1] for place in places.tolist() if place]
    return tuple((sign.symbol, pick(sign.text, lang)) for sign in signs if pick(sign.text, lang))

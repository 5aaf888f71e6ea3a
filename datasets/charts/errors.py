"""What can be wrong with a view that somebody asks for, said so that they can put it right."""

from __future__ import annotations

from collections.abc import Mapping

from datasets.cubes import LocalText, pick

from .language import say

_LONGEST = 60

_MESSAGES: Mapping[str, Mapping[str, str]] = {
    "missing_key": {
        "sv": "Länken säger inte ”{key}”. Öppna diagrammet på nytt och kopiera länken igen.",
        "en": "The link does not say “{key}”. Open the chart again and copy the link anew.",
    },
    "repeated_key": {
        "sv": "Länken säger ”{key}” två gånger. Öppna diagrammet på nytt och kopiera länken igen.",
        "en": "The link says “{key}” twice. Open the chart again and copy the link anew.",
    },
    "bad_value": {
        "sv": "Länkens ”{key}” går inte att läsa. Öppna diagrammet på nytt och kopiera länken igen.",
        "en": "The link’s “{key}” cannot be read. Open the chart again and copy the link anew.",
    },
    "too_long": {
        "sv": "Länken är för lång. Öppna diagrammet på nytt och välj färre kategorier.",
        "en": "The link is too long. Open the chart again and choose fewer categories.",
    },
    "unknown_kind": {
        "sv": "Diagramtypen ”{given}” finns inte. Välj linje, staplar, delar av en helhet eller prickar.",
        "en": "There is no kind of chart called “{given}”. Choose lines, bars, parts of a whole or dots.",
    },
    "unknown_dimension": {
        "sv": "Datamängden har ingen indelning ”{given}”. Den har: {known}.",
        "en": "The data set is not broken down by “{given}”. It has: {known}.",
    },
    "unknown_category": {
        "sv": "”{given}” finns inte i {dimension}. Välj en av kategorierna där.",
        "en": "“{given}” is not found in {dimension}. Choose one of the categories there.",
    },
    "category_twice": {
        "sv": "Samma kategori i {dimension} är vald två gånger. Ta bort den ena.",
        "en": "The same category of {dimension} is chosen twice. Remove one of them.",
    },
    "dimension_twice": {
        "sv": "{dimension} används på två ställen i diagrammet. Välj ett av dem.",
        "en": "{dimension} is used in two places of the chart. Choose one of them.",
    },
    "choose_one": {
        "sv": "Välj vad diagrammet ska visa av {dimension}.",
        "en": "Choose which part of {dimension} the chart is to show.",
    },
    "not_summable": {
        "sv": "Siffrorna går inte att lägga ihop över {dimension}. Välj en kategori i taget.",
        "en": "The figures cannot be added over {dimension}. Choose one category at a time.",
    },
    "counted_twice": {
        "sv": "Kategorier i {dimension} ingår i varandra och skulle räknas två gånger. Välj bara de ena.",
        "en": "Categories of {dimension} contain one another and would count twice. Choose one kind.",
    },
    "too_many_series": {
        "sv": "Diagrammet visar högst {most} serier, och {given} är valda. Välj färre i {dimension}.",
        "en": "A chart shows at most {most} series, and {given} are chosen. Choose fewer of {dimension}.",
    },
    "too_many_places": {
        "sv": "Axeln rymmer högst {most} steg, och {given} är valda. Välj färre i {dimension}.",
        "en": "The axis holds at most {most} steps, and {given} are chosen. Choose fewer of {dimension}.",
    },
    "nothing_chosen": {
        "sv": "Inget är valt i {dimension}. Välj minst en kategori.",
        "en": "Nothing is chosen of {dimension}. Choose at least one category.",
    },
    "mixed_units": {
        "sv": "Måtten i {dimension} har olika enheter och kan inte delas av en axel. Välj ett av dem.",
        "en": "The measures of {dimension} have different units and no common axis. Choose one of them.",
    },
    "share_of_measures": {
        "sv": "{dimension} är olika mått, inte delar av en helhet. Välj en annan indelning för andelen.",
        "en": "{dimension} holds measures, not parts of a whole. Choose another breakdown for the share.",
    },
    "not_counts": {
        "sv": "Siffrorna är i {unit} och går inte att lägga ihop eller räkna andelar på. Visa dem som de är.",
        "en": "The figures are in {unit}: no sums or shares can be made of them. Show them as they are.",
    },
    "dots_need_places": {
        "sv": "Prickar visar hur kommuner sprider sig, och {dimension} är inte platser. Välj plats längs axeln.",
        "en": "Dots show how places spread, and {dimension} holds none. Choose places along the axis.",
    },
    "dots_are_one_series": {
        "sv": "Prickar visar en siffra per plats. Ta bort uppdelningen på {dimension} eller välj staplar.",
        "en": "Dots show one figure a place. Leave out the breakdown by {dimension}, or choose bars.",
    },
    "stack_needs_parts": {
        "sv": "Delar av en helhet behöver en uppdelning vars delar går att lägga ihop. Välj staplar i stället.",
        "en": "Parts of a whole need a breakdown whose parts can be added. Choose bars instead.",
    },
    "pool_needs_times": {
        "sv": "Bara år går att slå ihop, och {dimension} är inte tid. Visa siffrorna var för sig.",
        "en": "Only years can be put together, and {dimension} is no time. Show the figures one by one.",
    },
    "pool_is_too_long": {
        "sv": "Det är för få år för att slå ihop {given} i taget. Visa dem var för sig eller välj fler år.",
        "en": "There are too few years to put {given} together. Show them one by one, or choose more years.",
    },
    "no_whole": {
        "sv": "{dimension} har ingen helhet att räkna andelen av. Välj vilka kategorier som är helheten.",
        "en": "{dimension} has no whole to take the share of. Choose which categories make the whole.",
    },
    "part_outside_whole": {
        "sv": "Andelens del i {dimension} ligger utanför helheten. Ta med den i helheten.",
        "en": "The share’s part of {dimension} lies outside its whole. Include it in the whole.",
    },
}


class SelectionError(ValueError):
    """A view that cannot be shown: ``str()`` says why in English, ``text(lang)`` to the reader."""

    def __init__(self, code: str, **parts: LocalText | str | int) -> None:
        self.code = code
        self.parts = parts
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """What is wrong and what to do, in the reader's language."""
        return say(_MESSAGES[self.code], lang, **{name: _word(part, lang) for name, part in self.parts.items()})


def _word(part: LocalText | str | int, lang: str) -> str:
    text = pick(part, lang) if isinstance(part, Mapping) else str(part)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

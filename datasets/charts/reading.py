"""How a chart is to be read and what it does not say, when its data set has no words of its own."""

from __future__ import annotations

from collections.abc import Mapping

from datasets.cubes import LocalText
from datasets.uses import Purpose, Use, framing_for, use_verdict

from .about import About, Measures
from .figures import Measure
from .language import say
from .select import Kind
from .spec import Reading

_KINDS: Mapping[Kind, LocalText] = {
    Kind.LINE: {
        "sv": "Varje punkt är ett värde. Linjen mellan dem visar åt vilket håll det går.",
        "en": "Each point is a figure. The line between them shows which way it goes.",
    },
    Kind.BAR: {
        "sv": "Varje stapel är ett värde: ju längre stapel, desto större.",
        "en": "Each bar is a figure: the longer the bar, the larger it is.",
    },
    Kind.STACKED: {
        "sv": "Varje stapel är en helhet, och fälten i den är delarna.",
        "en": "Each bar is a whole, and the fields in it are its parts.",
    },
    Kind.DOTS: {
        "sv": "Varje prick är en plats. Ju längre till höger, desto större värde. Höjden betyder ingenting.",
        "en": "Each dot is a place. The further to the right, the larger its figure. Height means nothing.",
    },
}
_MEASURES: Mapping[Measure, LocalText] = {
    Measure.SHARE: {
        "sv": "Procenten räknas inom varje grupp, så att stora och små grupper går att jämföra.",
        "en": "Percentages are counted within each group, so that large and small groups can be compared.",
    },
    Measure.COUNT: {
        "sv": "Siffrorna är antal. Där fler bor blir de oftast större: jämför hellre andelar.",
        "en": "The figures are counts. Where more people live they are mostly larger: compare shares.",
    },
    Measure.VALUE: {
        "sv": "Läs av värdet mot skalan vid sidan. Alla exakta siffror finns i tabellen.",
        "en": "Read the figure against the scale at the side. Every exact figure is in the table.",
    },
}
_NOT_FROM_ZERO: LocalText = {
    "sv": "Skalan börjar inte på noll, så små skillnader ser större ut än de är.",
    "en": "The scale does not start at zero, so small differences look larger than they are.",
}
_SAYS_NOT: Mapping[Measures, LocalText] = {
    Measures.WELLBEING: {
        "sv": "Den säger inte varför det är så. Det vet unga själva, och de som möter dem.",
        "en": "It does not say why it is so. Young people know, and those who meet them.",
    },
    Measures.PROTECTIVE: {
        "sv": "Den visar något som brukar stärka, men inte att det ensamt gör att unga mår bra.",
        "en": "It shows something that tends to strengthen, not that it alone makes young people well.",
    },
    Measures.RISK: {
        "sv": "Den visar det som tynger, men inte hur många som mår bra eller vad som hjälper dem.",
        "en": "It shows what weighs, not how many feel well or what helps them.",
    },
    Measures.CONTEXT: {
        "sv": "Den beskriver det som finns runt unga, men inte hur de mår.",
        "en": "It describes what is around young people, not how they feel.",
    },
}
_SAMPLE: LocalText = {
    "sv": "Den bygger på dem som har svarat. De som inte svarade kan ha det på ett annat sätt.",
    "en": "It rests on those who answered. Those who did not may have it otherwise.",
}
_FIT: Mapping[int, LocalText] = {
    1: {
        "sv": "En förändring har sällan bara en orsak, och diagrammet visar inte vilken.",
        "en": "A change seldom has one cause alone, and the chart does not show which.",
    },
    3: {
        "sv": "Den följer en viss aktivitet och säger inte hur det är för alla unga.",
        "en": "It follows one activity and does not say how it is for all young people.",
    },
    2: {
        "sv": "Underlaget är till för att utforska. Det räcker inte för att sätta mål.",
        "en": "The material is for exploring. It is not enough to set goals by.",
    },
}


def compares_well(about: About, compares_places: bool) -> bool:
    """Whether places may be set against one another: not with data that is fit only for other uses."""
    return not compares_places or use_verdict(about, Purpose.EXPLORE, Use.RANKING).is_allowed


def reading_of(
    about: About, *, kind: Kind, measure: Measure, zero_baseline: bool, compares_places: bool, lang: str
) -> Reading:
    """The data set's own words where it has any, else two lines each by kind, measure and purpose."""
    how = about.lines(about.how_to_read, lang) or (say(_KINDS[kind], lang), say(_MEASURES[measure], lang))
    if not zero_baseline:
        how = (*how, say(_NOT_FROM_ZERO, lang))
    purpose = next((_FIT[purpose] for purpose in _FIT if purpose in about.fit_for), _FIT[2])
    says_not = about.lines(about.does_not_say, lang) or (
        say(_SAYS_NOT[about.measures], lang),
        say(_SAMPLE if about.is_sample else purpose, lang),
    )
    return Reading(
        how=how,
        says_not=says_not,
        framing=framing_for(about, lang),
        caution=use_verdict(about, Purpose.EXPLORE, Use.COMPARISON).text(lang) if compares_places else "",
    )

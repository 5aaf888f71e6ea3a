"""The phrases that a chart's sentence is put together from. ``{where}`` carries its own preposition."""

from collections.abc import Mapping

from datasets.cubes import LocalText

from .figures import Measure

NOUN: Mapping[Measure, LocalText] = {
    Measure.SHARE: {"sv": "andelen", "en": "the share"},
    Measure.COUNT: {"sv": "antalet", "en": "the number"},
    Measure.VALUE: {"sv": "värdet", "en": "the value"},
}
LARGEST: Mapping[Measure, LocalText] = {
    Measure.SHARE: {"sv": "störst", "en": "largest"},
    Measure.COUNT: {"sv": "störst", "en": "largest"},
    Measure.VALUE: {"sv": "högst", "en": "highest"},
}
SMALLEST: Mapping[Measure, LocalText] = {
    Measure.SHARE: {"sv": "minst", "en": "smallest"},
    Measure.COUNT: {"sv": "minst", "en": "smallest"},
    Measure.VALUE: {"sv": "lägst", "en": "lowest"},
}

IN: LocalText = {"sv": "i {name}", "en": "in {name}"}
FOR: LocalText = {"sv": "för {name}", "en": "for {name}"}
QUOTED: LocalText = {"sv": "”{name}”", "en": "“{name}”"}
YEAR: LocalText = {"sv": "År {time}", "en": "In {time}"}
THAN_IN: LocalText = {"sv": "{time}", "en": "in {time}"}
ONE_POINT: LocalText = {"sv": "{figure} procentenhet", "en": "{figure} percentage point"}
POINTS: LocalText = {"sv": "{figure} procentenheter", "en": "{figure} percentage points"}

LATEST: LocalText = {"sv": "{when} var {noun} {figure}", "en": "{when} {noun} was {figure}"}
CHANGED: LocalText = {"sv": ", {amount} {word} än {first}", "en": ", {amount} {word} than {first}"}
UNCHANGED: LocalText = {"sv": ", samma som {first}", "en": ", the same as {first}"}
UNCERTAIN_CHANGE: LocalText = {
    "sv": ", {words} mot {first} ({figure})",
    "en": ", {words} from {first} ({figure})",
}

THAT_IS: LocalText = {"sv": "Det är {clauses}.", "en": "That is {clauses}."}
THAN: LocalText = {"sv": "{word} än {others}", "en": "{word} than {others}"}
SAME_AS: LocalText = {"sv": "detsamma som {others}", "en": "the same as {others}"}
UNCERTAIN_FROM: LocalText = {"sv": "{words} mot {others}.", "en": "{words} from {others}."}
MEANWHILE: LocalText = {"sv": "Samtidigt var {noun} {others}.", "en": "At the same time {noun} was {others}."}

ONE: LocalText = {"sv": "{noun} är {figure} {where}.", "en": "{noun} is {figure} {where}."}
ALIKE: LocalText = {
    "sv": "{noun} är densamma för alla: {figure}.",
    "en": "{noun} is the same for all: {figure}.",
}
BETWEEN: LocalText = {
    "sv": "{noun} ligger mellan {low} och {high}.",
    "en": "{noun} lies between {low} and {high}.",
}
EXTREMES: LocalText = {
    "sv": "{noun} är {most} {top} ({high}) och {least} {bottom} ({low}){doubt}.",
    "en": "{noun} is {most} {top} ({high}) and {least} {bottom} ({low}){doubt}.",
}
DOUBT: LocalText = {
    "sv": ", men det är ingen säker skillnad mellan dem",
    "en": ", but there is no certain difference between them",
}
LARGEST_GAP: LocalText = {
    "sv": "Skillnaden är störst {where}: {one} {figure}, {other} {second}.",
    "en": "The difference is largest {where}: {one} {figure}, {other} {second}.",
}
CERTAIN_OF: LocalText = {
    "sv": "{certain} av {made} jämförelser visar en säker skillnad.",
    "en": "{certain} of {made} comparisons show a certain difference.",
}
NONE_CERTAIN: LocalText = {"sv": "{words} mellan {groups}.", "en": "{words} between {groups}."}
NO_GAP: LocalText = {"sv": "Ingen skillnad mellan {groups}.", "en": "No difference between {groups}."}

HALF_BETWEEN: LocalText = {
    "sv": "{noun} ligger mellan {low} och {high} i hälften av de {count} kommunerna. Mitten är {middle}.",
    "en": "{noun} lies between {low} and {high} in half of the {count} municipalities. The middle is {middle}.",
}
MARKED: Mapping[str, LocalText] = {
    "top": {
        "sv": "{name} har {figure} och hör till fjärdedelen med högst värden.",
        "en": "{name} has {figure}, among the quarter with the highest figures.",
    },
    "bottom": {
        "sv": "{name} har {figure} och hör till fjärdedelen med lägst värden.",
        "en": "{name} has {figure}, among the quarter with the lowest figures.",
    },
    "middle": {
        "sv": "{name} har {figure} och ligger i den mellersta halvan.",
        "en": "{name} has {figure}, in the middle half.",
    },
    "plain": {"sv": "{name} har {figure}.", "en": "{name} has {figure}."},
}
LARGER: LocalText = {"sv": "{areas}.", "en": "{areas}."}

TREND: Mapping[str, LocalText] = {
    "rises_clearly": {"sv": "stiger tydligt", "en": "rises clearly"},
    "rises_somewhat": {"sv": "stiger något", "en": "rises somewhat"},
    "uncertain": {"sv": "ingen säker förändring", "en": "no certain change"},
    "falls_somewhat": {"sv": "sjunker något", "en": "falls somewhat"},
    "falls_clearly": {"sv": "sjunker tydligt", "en": "falls clearly"},
    "too_short": {"sv": "för få år för att säga en trend", "en": "too few years to tell a trend"},
}
TREND_OVER: LocalText = {"sv": "{first}–{last}: {words}", "en": "{first}–{last}: {words}"}
TONE: Mapping[str, LocalText] = {
    "good": {"sv": ", åt det håll vi vill", "en": ", the way we want"},
    "bad": {"sv": ", inte åt det håll vi vill", "en": ", not the way we want"},
}

ONE_HIDDEN: LocalText = {
    "sv": "{name} visas inte: för få svar.",
    "en": "{name} is not shown: too few answers.",
}
SOME_HIDDEN: LocalText = {
    "sv": "{count} värden visas inte: för få svar.",
    "en": "{count} figures are not shown: too few answers.",
}
ALL_HIDDEN: LocalText = {
    "sv": "Inga värden visas här: för få svar.",
    "en": "No figures are shown here: too few answers.",
}
NOTHING: LocalText = {
    "sv": "Det finns inga siffror att visa här.",
    "en": "There are no figures to show here.",
}

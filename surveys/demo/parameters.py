"""What the demo's population is like: invented figures, chosen to be plausible and to leave something to find.

Shifts are in standard deviations of the latent variable behind a question; shares are of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LATENTS = ("wellbeing", "people", "leisure", "body", "days", "troubles")
"""What lies behind the answers: general wellbeing, four sides of life that share in it, and troubles, which
lean against it without being its opposite."""


@dataclass(frozen=True)
class MunicipalityProfile:
    """How the young people of one place differ from the model's average.

    ``ages`` are the shares of the four age bands among those who answer. ``neither`` multiplies the share who
    neither work nor study. ``shifts`` move a latent, or a question by its code; ``trends`` do so by that much
    for each round after the first.
    """

    code: str
    ages: Mapping[str, float]
    neither: float = 1.0
    shifts: Mapping[str, float] = field(default_factory=dict)
    trends: Mapping[str, float] = field(default_factory=dict)


PROFILES = {
    profile.code: profile
    for profile in (
        MunicipalityProfile(
            code="9901",
            ages={"15-17": 0.31, "18-19": 0.20, "20-24": 0.28, "25-29": 0.21},
            shifts={"safety": -0.15, "money": 0.05},
            trends={"leisure": 0.4, "belonging": 0.12},  # youth centres open later between the rounds
        ),
        MunicipalityProfile(
            code="9902",
            ages={"15-17": 0.38, "18-19": 0.22, "20-24": 0.23, "25-29": 0.17},
            neither=1.3,
            shifts={"days": -0.1, "influence": -0.1},
        ),
        MunicipalityProfile(
            code="9903",
            ages={"15-17": 0.45, "18-19": 0.21, "20-24": 0.20, "25-29": 0.14},
            neither=1.5,
            shifts={"people": 0.15, "safety": 0.5, "leisure": -0.15, "next_step": -0.2},
        ),
    )
}

RESPONSES_PER_ROUND = {"9901": 780, "9902": 300, "9903": 120}
"""How many answer in each place: 1 200 in all."""

EXPECTED_PER_ROUND = {"9901": 2100, "9902": 700, "9903": 200}
"""How many answers each place counts on, so that its figures are read with care."""

GENDER = {"woman": 0.52, "man": 0.45, "other": 0.03}

OCCUPATION: Mapping[str, Mapping[str, float]] = {
    "15-17": {"school": 0.955, "work": 0.01, "neither": 0.02, "leave": 0.005, "other": 0.01},
    "18-19": {
        "school": 0.66, "adult_education": 0.03, "higher_education": 0.04, "work": 0.18, "neither": 0.06,
        "leave": 0.01, "other": 0.02,
    },
    "20-24": {
        "school": 0.02, "adult_education": 0.08, "higher_education": 0.27, "work": 0.46, "neither": 0.10,
        "leave": 0.04, "other": 0.03,
    },
    "25-29": {
        "adult_education": 0.05, "higher_education": 0.17, "work": 0.61, "neither": 0.07, "leave": 0.08,
        "other": 0.02,
    },
}  # fmt: skip

WELLBEING_BY = {
    "gender": {"woman": -0.12, "man": 0.12, "other": -0.45},
    "occupation": {"school": 0.03, "work": 0.12, "neither": -0.5, "leave": -0.35},
}
TROUBLES_BY = {
    "gender": {"woman": 0.28, "man": -0.28, "other": 0.5},
    "occupation": {"neither": 0.4, "leave": 0.3},
}

# Question: what lies behind it, how strongly, and how far the answers lie from the scale's usual spread.
BEHIND: Mapping[str, tuple[Mapping[str, float], float]] = {
    "satisfaction": ({"wellbeing": 0.75, "troubles": -0.2}, 0.25),
    "meaning": ({"wellbeing": 0.65}, 0.0),
    "joy": ({"wellbeing": 0.7, "people": 0.15, "troubles": -0.2}, 0.15),
    "close": ({"people": 0.7}, 0.6),
    "turn_to": ({"people": 0.65}, 0.0),
    "speak_up": ({"people": 0.5, "wellbeing": 0.2}, 0.1),
    "belonging": ({"people": 0.6, "leisure": 0.25}, 0.05),
    "leisure": ({"leisure": 0.7}, 0.25),
    "safety": ({"leisure": 0.3}, 0.1),
    "influence": ({"leisure": 0.3, "days": 0.2}, -0.85),
    "digital": ({"leisure": 0.15, "wellbeing": 0.15}, -0.45),
    "sleep": ({"body": 0.6, "troubles": -0.3}, 0.0),
    "movement": ({"body": 0.55}, 0.15),
    "stress": ({"days": -0.25, "troubles": 0.5, "body": -0.2}, 0.1),
    "daytime": ({"days": 0.7}, 0.1),
    "attendance": ({"days": 0.55, "troubles": -0.2}, 0.0),
    "school_adults": ({"days": 0.5, "people": 0.25}, -0.05),
    "after_school": ({"days": 0.4, "wellbeing": 0.2}, -0.35),
    "next_step": ({"days": 0.4, "people": 0.2}, -0.25),
    "money": ({"days": 0.3}, -0.05),
    "hope": ({"wellbeing": 0.6, "days": 0.2}, 0.15),
    "self_kindness": ({"wellbeing": 0.4, "troubles": -0.25}, -0.5),
    "troubles": ({"troubles": 0.8}, 0.0),
}

# The usual spread of answers on each scale, from its lowest to its highest answer.
SPREAD: Mapping[str, tuple[float, ...]] = {
    "agree5": (0.05, 0.11, 0.20, 0.38, 0.26),
    "often5": (0.05, 0.16, 0.33, 0.34, 0.12),
    "days5": (0.13, 0.24, 0.30, 0.20, 0.13),
    "ladder11": (0.01, 0.01, 0.02, 0.04, 0.06, 0.11, 0.14, 0.22, 0.22, 0.11, 0.06),
    "someone3": (0.08, 0.24, 0.68),
    "presence4": (0.02, 0.04, 0.16, 0.78),
    "amount4": (0.27, 0.38, 0.23, 0.12),
}

# How readily each answer is picked where several can be; what is not listed is picked as readily as any other.
APPEAL: Mapping[str, Mapping[str, float]] = {
    "means": {
        "calm": 1.3, "joy": 1.6, "energy": 1.1, "purpose": 1.0, "people": 1.7, "myself": 1.5, "coping": 0.7,
        "body": 0.9, "hope": 0.8, "other": 0.1,
    },
    "adds": {
        "friends": 2.4, "family": 1.9, "movement": 1.5, "nature": 0.8, "culture": 1.1, "gaming": 0.9,
        "animals": 0.6, "rest": 1.0, "achieving": 0.8, "helping": 0.4, "faith": 0.2, "money": 0.7, "other": 0.1,
    },
    "hinders": {
        "time": 1.6, "cost": 1.1, "distance": 0.9, "offer": 0.9, "company": 0.8, "welcome": 0.4, "energy": 1.0,
        "other": 0.2,
    },
}  # fmt: skip

WORDS = (
    "En plats att vara på kvällar och helger där man inte måste köpa något.",
    "Fler bussar på kvällen.",
    "Att vuxna frågar oss på riktigt och sen gör något av det.",
    "Billigare gymkort.",
    "Mer att göra för oss som är över 20.",
    "Någonstans att spela musik.",
    "Att skolan började lite senare.",
    "Fler som lyssnar.",
    "Hjälp att hitta första jobbet.",
    "Bättre belysning på vägen till stationen.",
    "Ett ställe att hänga på när det är kallt ute.",
    "Fler lägenheter som man har råd med.",
    "Kortare kö till någon att prata med.",
    "Öppen idrottshall på söndagar.",
    "Jag trivs bra som det är.",
    "Mer natur och fler badplatser.",
)
WORDS_SHARE = 0.11

SKIPPED_FIRST = 0.008
SKIPPED_PER_QUESTION = 0.0012
SKIPPED_SENSITIVE = 0.03
STOPPED_EARLY = 0.035

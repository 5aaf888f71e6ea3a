"""Languages that a survey can be in: what each is called, by those who speak it and in English, and its direction.

Plain Python, no Django. The five national minority languages of Sweden are among them; of Romani and of Sami
there are several. English names are messages to translate.
"""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:
    """Marks a message to translate where it is shown."""
    return message


SWEDISH, EASY, ENGLISH = "sv", "sv-x-easy", "en"

LANGUAGES: Mapping[str, tuple[str, str]] = {
    SWEDISH: ("Svenska", N_("Swedish")),
    EASY: ("Lätt svenska", N_("Easy Swedish")),
    ENGLISH: ("English", N_("English")),
    "ar": ("العربية", N_("Arabic")),
    "prs": ("دری", N_("Dari")),
    "fa": ("فارسی", N_("Persian")),
    "so": ("Soomaali", N_("Somali")),
    "ti": ("ትግርኛ", N_("Tigrinya")),
    "uk": ("Українська", N_("Ukrainian")),
    "pl": ("Polski", N_("Polish")),
    "es": ("Español", N_("Spanish")),
    "tr": ("Türkçe", N_("Turkish")),
    "ku": ("Kurdî", N_("Kurdish")),
    "ckb": ("کوردیی ناوەندی", N_("Kurdish (Sorani)")),
    "kmr": ("Kurmancî", N_("Kurdish (Kurmanji)")),
    "ps": ("پښتو", N_("Pashto")),
    "ur": ("اردو", N_("Urdu")),
    "bs": ("Bosanski", N_("Bosnian")),
    "sq": ("Shqip", N_("Albanian")),
    "ru": ("Русский", N_("Russian")),
    "th": ("ไทย", N_("Thai")),
    "zh": ("中文", N_("Chinese")),
    "de": ("Deutsch", N_("German")),
    "fr": ("Français", N_("French")),
    "it": ("Italiano", N_("Italian")),
    "nl": ("Nederlands", N_("Dutch")),
    "pt": ("Português", N_("Portuguese")),
    "da": ("Dansk", N_("Danish")),
    "nb": ("Norsk", N_("Norwegian")),
    "fi": ("Suomi", N_("Finnish")),
    "fit": ("Meänkieli", N_("Meänkieli")),
    "se": ("Davvisámegiella", N_("Northern Sami")),
    "smj": ("Julevsámegiella", N_("Lule Sami")),
    "sma": ("Åarjelsaemien gïele", N_("Southern Sami")),
    "rom": ("Romani čhib", N_("Romani")),
    "rmn": ("Romani čhib (Arli)", N_("Romani (Arli)")),
    "rmy": ("Romani čhib (Kalderaš)", N_("Romani (Kalderash)")),
    "yi": ("ייִדיש", N_("Yiddish")),
}
"""Each code with the language's own name, since who looks for it reads no other, and its name in English."""

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "prs", "ps", "syr", "ug", "ur", "yi"})


def own_name(language: str) -> str:
    """What a language calls itself; its code where nobody has told us."""
    return LANGUAGES[language][0] if language in LANGUAGES else language


def english_name(language: str) -> str:
    """A language's name in English, to be translated; its code where nobody has told us."""
    return LANGUAGES[language][1] if language in LANGUAGES else language


def direction(language: str) -> str:
    """How HTML says which way a language is written: "rtl" or "ltr"."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"

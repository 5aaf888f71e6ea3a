"""Questions that ask who somebody is: their name, number, address, mail, telephone or day of birth."""

from __future__ import annotations

import re

from .structure import Item
from .telling import N_, Report, Told
from .types import Sort

ASKS_WHO = N_(
    "The question asks for %(what)s, and then an answer is not anonymous. Delete the row. Whoever wants to be "
    "reached can write to you in another way, apart from the survey."
)
MAY_ASK_WHO = N_("The question may make people write %(what)s. Word it so that nobody has to, or delete the row.")
ASKS_WHERE = N_(
    "The answer may tell just where somebody lives or goes to school. Give areas to choose from "
    "instead, each large "
    "enough."
)
NAME, NUMBER, ADDRESS, MAIL, PHONE, BIRTH, ACCOUNT, CONTACT = (
    N_("a name"), N_("a personal identity number"), N_("an address"), N_("an e-mail address"),
    N_("a telephone number"), N_("a day of birth"), N_("an account name"), N_("contact details"),
)  # fmt: skip

LONGEST = 500
"""So much of a label is looked at."""

_YOUR = r"(?:ditt|din|dina|dit|ert|your|dein\w*|ihr\w*|the respondent'?s|respondentens|barnets|elevens|child'?s)"
_FULL = r"(?:full(?:ständiga)?|hela|complete|first|last|real|vollständige\w*|riktiga)?"

_ALWAYS = {
    NUMBER: r"person ?nummer|personnr|samordningsnummer|social security|national id\b|id ?number\b|passnummer|"
    r"passport n|personalausweis|sozialversicherungsnummer|\bssn\b",
    MAIL: rf"e-?post ?adress|e-?mail ?ad|mejl ?adress|mail ?adress\w*|{_YOUR} (?:e-?post|e-?mail|mejl|mail)\b",
    PHONE: r"telefon ?nummer|mobil ?nummer|(?:tele)?phone ?(?:number|no\b)|mobile ?number|handynummer|rufnummer",
    BIRTH: r"födelse ?(?:datum|dag)|date of birth|birth ?da(?:te|y)\b|geburts(?:datum|tag)|när (?:är|"
    r"föddes) du född|"
    r"when were you born|wann bist du geboren",
    ADDRESS: rf"{_YOUR} (?:\w+ )?(?:adress\b|address\b|adresse\b)|(?:bostads|hem|gatu|post)adress|"
    r"(?:home|street|postal|mailing) address|(?:vilken|på vilken) (?:adress|gata) bor|anschrift|enter an? address",
    NAME: rf"{_YOUR} {_FULL} ?(?:namn|name)\b|(?:för|efter)namn|(?:first|last|family|sur|full) ?name\b|"
    rf"vad heter (?:du|din (?!skola|ort|stad|kommun|by\b))|"
    r"wie hei(?:ß|ss)t du|(?:vor|nach|familien)name|what(?:'s| is) your name|name of (?:the )?(?:child|respondent|"
    r"participant|student|mother|father|interviewer)|namn och (?:efternamn|telefon|adress)|"
    r"wie ist (?:dein|ihr) name",
    CONTACT: r"kontakt ?uppgift|contact (?:details|info)|kontaktdaten|how (?:can|may) we (?:reach|contact)|"
    r"hur (?:når|kan) vi (?:nå )?dig",
    ACCOUNT: rf"{_YOUR} (?:\w+[- ])?(?:användarnamn|username|benutzername)|(?:instagram|snapchat|tiktok|discord)"
    r"[- ]?(?:namn|konto|name|account|handle)|snapchat\?$",
}
_ALONE = {
    NAME: r"namn|name|fullständigt namn|initialer|initials|initialen",
    MAIL: r"e-?post|e-?mail|mejl|mail",
    PHONE: r"telefon|mobil|phone|mobile|tel|handy|(?:tele)?phone|mobiltelefon",
    ADDRESS: (
        r"adress|address|adresse|gata|gatuadress|street|straße|postnummer|postcode|zip|zip code|"
        r"plz|postleitzahl"
    ),
    ACCOUNT: r"användarnamn|username|benutzername|instagram|snapchat|discord",
    BIRTH: r"född|born|geboren|birthday|dob",
}
_CODES = {
    NAME: r"(?:my|your|ditt|full|first|last|for|efter|sur|vor|nach|elev|barn|respondent|"
    r"participant)_?(?:namn|name)|"
    r"namn|name|kontaktperson|contact_?name",
    NUMBER: r"person(?:nummer|nr|_?nummer)|pnr|ssn|personal_?id|national_?id",
    MAIL: r"e_?mail|epost|e_post|mejl|mail_?adress|email_?address|epostadress",
    PHONE: r"phone(?:_?n\w*)?|telefon(?:nummer|nr|_?nummer)?|mobil(?:nummer)?|mobile(?:_?number)?|tel|handynummer",
    ADDRESS: r"(?:home_?|street_?|gatu|hem|bostads)?(?:adress|address|adresse)",
    BIRTH: r"date_?of_?birth|birth_?date|birthday|dob|fodelse_?(?:datum|dag)|födelse(?:datum|dag)|geburtsdatum",
    ACCOUNT: r"(?:user_?name|anvandarnamn|instagram|snapchat)",
}
_WORDS = {
    NAME: r"\bnamn(?:et)?\b|\bnames?\b|\bnamen?\b|\bheter\b",
    MAIL: r"\be-?post|\be-?mail|\bmejl",
    PHONE: r"\btelefon\b.{0,20}\b(?:når|kontakt)|\bring(?:a)? dig\b|\bcall you\b",
    ADDRESS: r"\badress(?:e|en)?\b|\baddress\b",
}
_WHERE = re.compile(
    r"\bvar bor du|vilk(?:en|et) (?:del|område|stadsdel|by|ort|skola|gymnasieskola|kvarter)\b.*\b(?:bor|går) du|"
    r"\b(?:where|in which|which) .*(?:do you live|you live in|school do you)|suburb|neighbou?rhood|"
    r"^(?:skola|school|schule|bostadsort|wohnort|ort|postort)$|wo wohn(?:st|en)|welche schule"
)
_ASIDE = re.compile(r"\([^()]*\)|[*_#:.?!]+|\b(?:valfritt|frivilligt|optional|freiwillig)\b")


def check(item: Item, report: Report) -> None:
    """Tell where a question that is answered by writing asks who or just where somebody is."""
    if item.sort not in (Sort.TEXT, Sort.WHOLE, Sort.DECIMAL):
        return
    labels = [*item.row.texts("label").values(), *item.row.texts("hint").values()]
    place = item.row.at("label") if item.row.texts("label") else item.row.at("name")
    told = _asked_for(item, [_bare(label) for label in labels])
    if told is not None:
        report.refuse(place, ASKS_WHO, what=Told(told))
        return
    if item.sort is not Sort.TEXT:
        return
    for label in map(_bare, item.row.texts("label").values()):
        for what, pattern in _WORDS.items():
            if re.search(pattern, label):
                report.warn(place, MAY_ASK_WHO, what=Told(what))
                return
        if _WHERE.search(label):
            report.warn(place, ASKS_WHERE)
            return


def _asked_for(item: Item, labels: list[str]) -> str | None:
    for what, pattern in _ALWAYS.items():
        if any(re.search(pattern, label) for label in labels):
            return what
    first = labels[0] if labels else ""
    for what, pattern in _ALONE.items():
        if any(re.fullmatch(pattern, label) for label in labels):
            return what
    name = item.name.casefold().replace("-", "_")
    for what, pattern in _CODES.items():
        if re.fullmatch(pattern, name) and (not first or len(first.split()) <= 8):
            return what
    return None


def _bare(label: str) -> str:
    """A label in small letters, without asides and signs around it."""
    return " ".join(_ASIDE.sub(" ", label[:LONGEST].casefold().replace("‑", "-")).split())

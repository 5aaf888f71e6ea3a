"""The words by which identifiers are known: headings of registers, common names, kinds of street.

Own lists of what is common in Sweden; no register lies behind them, and no person is meant.
"""

from __future__ import annotations

HEADINGS = {
    "personal_number": r"\b(person ?nummer|personnr|person ?nr|pnr|persnr|social security|ssn|"
    r"personal (identity )?number|person ?id(entitet)?|id ?nummer)\b",
    "coordination_number": r"\b(samordnings ?(nummer|nr)|coordination number|reserv ?nummer)\b",
    "email": r"\b(e ?post( ?adress)?|e ?mail( ?adress)?|mail( ?adress)?|email address)\b",
    "phone": r"\b(tele?fon( ?(nummer|nr))?|tel( ?nr)?|mobil( ?(nummer|nr|telefon))?|phone( number)?|mobile)\b",
    "address": r"\b(\w*adress|address|gata|gatu ?adress|street|post ?nummer|post ?nr|postal code|zip( code)?|"
    r"post ?ort|lägenhets ?(nummer|nr)|fastighets ?beteckning|koordinat(er)?|latitud|longitud|lat|lon|lng)\b",
    "birth_date": r"\b(födelse ?(datum|dag|tid)|född( den)?|birth ?(date|day)|date of birth|dob|fdat)\b",
    "name": r"\b(namn|för ?namn|efter ?namn|till ?tals ?namn|mellan ?namn|elev(ens)? ?namn|barn(ets)? ?namn|"
    r"(elev|barn|person|deltagar|patient|klient|vårdnadshavar|handläggar|lärar|mentor)\w* ?namn|name|"
    r"(first|last|full|given|family|sur) ?name|surname|vårdnadshavare( \d)?|målsman|förälder( \d)?|handläggare|"
    r"mentor|anmälare|ansvarig lärare)\b",
    "free_text": r"\b(anteckning(ar)?|fri ?text|kommentar(er)?|journal(text)?|beskrivning|notering(ar)?|"
    r"fritext ?svar|comment(s)?|notes?)\b",
}
"""Kind of identifier → what headings over it say, in small letters with single spaces."""

STREETS = (
    r"gatan|gata|vägen|väg|gränden|gränd|stigen|stig|torget|torg|allén|allé|backen|backe|slingan|kroken|"
    r"esplanaden|promenaden|stråket|leden|gården|höjden|ringen|bågen|kajen|strand"
)
CARE_OF = r"\bc/o\b|\bbox[ \t]+\d{2,5}\b|\bpostbox\b"
SURNAMES = (
    r"sson|son|ström|berg|lund|gren|qvist|kvist|dahl|dal|mark|man|stedt|holm|sjö|strand|blad|fors|löf|löv|"
    r"stam|borg|ling|lin|én|ell|ius|zadeh|oğlu|ović|vić|ski|ska|ahmed|ali|hassan|hussein|mohamed|nguyen"
)
NEVER_PEOPLE = (
    "skolan", "skola", "skolor", "gymnasiet", "gymnasium", "kommun", "kommunen", "församling", "distrikt",
    "gården", "huset", "biblioteket", "idrottsförening", "förening", "klubben", "klubb", "mottagning",
    "mottagningen", "centrum", "området", "förskola", "förskolan", "län",
)  # fmt: skip
"""How words end that make a whole out of a name: Karl Johans skola is no Karl."""

_GIVEN = """
    adam adrian agnes ahmed aisha albin alex alexander alexandra alfred alice alicia ali alma alva amanda amina
    amir anders andreas anette anita anja ann anna anne anneli annika anton arvid astrid august axel barbro
    beatrice benjamin berit bertil birgitta björn bengt britt camilla carina carl carolina cecilia charlotte
    christer christian christina christoffer clara daniel david ebba edith edvin eleonora elias elin elisabeth
    ella ellen ellinor elsa elvira emelie emil emilia emily emma eric erik erika ester eva evelina fadi fatima
    felicia felix filip filippa fredrik frida fredrika gabriel gabriella gerd gertrud gun gunilla gunnar gunnel
    gustaf gustav hamza hanna hannah hans hassan hedda helen helena henrik herman hilda hugo hussein ibrahim ida
    inga inger ingrid isabella isabelle isak ismail ivar jacob jakob jan jasmine jenny jens jesper jessica
    joakim joel johan johanna johannes john jonas jonathan jonna josef josefin josefine julia julian karin karl
    karl-erik karolina katarina kenneth kerstin kevin khadija klara kristian kristina kristoffer kurt lars lea
    leila lena lennart leo leon leonora lia liam lilly lina linda linn linnea linnéa linus lisa lisbeth lotta
    louise lova lovisa lucas ludvig lukas mahmoud maja malin malva manuel marcus margareta maria mariam marianne
    marie markus martin martina maryam matilda mats mattias maximilian melissa melvin michael mikael milo mio
    mohamed mohammed molly monica monika moa mona mustafa nadia natalie nathalie nellie nicole niklas nils nina
    noah noel nora nova olivia olle oliver olof omar oscar oskar ove patrik pauline pernilla per peter petra pia
    pontus rebecca rickard robert robin rolf ronja rosa ruben rut sabina saga samir samuel sandra sara sarah
    sebastian selma sigrid signe simon siri sixten sofia sofie sofija sonja staffan stefan stella stina sten
    stig susanne sune svante sven tage tea terese theo theodor therese thomas tilda tilde tim tobias tommy tora
    torbjörn tova tove tuva tyra ulf ulla ulrika urban valter vera victor victoria vidar viggo viktor viktoria
    vilgot vilhelm vilma vincent viola wilma wilhelm william yasmin yusuf yvonne zahra zainab åke åsa örjan
"""
GIVEN_NAMES = frozenset(_GIVEN.split())
"""Given names that are common in Sweden and seldom anything else."""

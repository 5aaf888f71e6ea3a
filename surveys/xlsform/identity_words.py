"""The words that questions use to ask who somebody is, in the languages that forms come in: patterns by kind.

Labels are held against them in small letters and without signs around them.
"""

from .telling import N_

NAME, NUMBER, ADDRESS, MAIL, PHONE, BIRTH, ACCOUNT, CONTACT, BANK = (
    N_("a name"), N_("a personal identity number"), N_("an address"), N_("an e-mail address"),
    N_("a telephone number"), N_("a day of birth"), N_("an account name"), N_("contact details"),
    N_("a bank account or number plate"),
)  # fmt: skip

_YOUR = (
    r"(?:ditt|din|dina|dit|ert|er|your|dein\w*|ihr\w*|the respondent'?s|respondentens|barnets|elevens|child'?s)"
)
_FULL = r"(?:full(?:ständiga)?|hela|complete|first|last|real|vollständige\w*|riktiga)?"
_PERSON = (
    r"(?:vårdnadshavare\w*|förälder|föräldrar\w*|mamma|pappa|mor|far|lärare|mentor|tränare|chef|kontaktperson\w*|"
    r"handläggare|kompis|vän(?:ner)?|syskon|bror|syster|partner|pojkvän|flickvän|barn|elev|klass)"
)

ALWAYS = {
    NUMBER: (
        r"person ?nummer|personnr|samordningsnummer|födelse ?(?:nummer|nr\b)|social security|national id\b|"
        r"id ?number\b|passnummer|passport n|personalausweis|sozialversicherungsnummer|\bssn\b|"
        r"\b(?:student|elev|pupil|school|schüler)[ -]?id\b|"
        r"henkilötunnus|fødselsnummer|\bcpr\b|\bpesel\b|codice fiscale|numéro de sécurité sociale|"
        r"الرقم الشخصي|رقم الهوية|کد ملی"
    ),
    MAIL: (
        rf"e-?post ?adress|e-?mail ?ad|mejl ?adress|mail ?adress\w*|{_YOUR} (?:e-?post|e-?mail|mejl|mail)\b|"
        r"sähköposti|courriel|correo electrónico|адрес электронн|электронн\w+ почт|електронн\w+ пошт|"
        r"البريد الإلكتروني|ایمیل|iimeyl|e-posta adres"
    ),
    PHONE: (
        r"telefon ?(?:nummer|nr\b)|mobil ?(?:nummer|nr\b)|(?:tele)?phone ?(?:number|no\b)|mobile ?number|"
        r"handynummer|rufnummer|puhelinnumero|numéro de (?:téléphone|portable)|número de (?:teléfono|móvil)|"
        r"numer telefonu|номер (?:телефон|мобильн|мобільн)|telefon numara|numero di telefono|telefoonnummer|"
        r"رقم (?:ال)?(?:هاتف|جوال|موبايل)|شماره (?:تلفن|موبایل)|(?:lambarka|numberka) (?:telefo|taleefo)|ቁጽሪ ተሌፎን"
    ),
    BIRTH: (
        r"födelse ?(?:datum|dag)|date of birth|birth ?da(?:te|y)\b|geburts(?:datum|tag)|"
        r"när (?:är|föddes|fyller) du (?:född|år)|"
        r"när föddes du|vilk(?:et|en) (?:datum|dag) (?:är|föddes|fyller) du|when were you born|"
        r"wann bist du geboren|syntymä(?:aika|päivä)|fødselsda(?:to|g)|date de naissance|fecha de nacimiento|"
        r"data urodzenia|дата (?:рождения|народження)|doğum tarih|data di nascita|geboortedatum|"
        r"تاريخ (?:ال)?ميلاد|تاریخ تولد"
    ),
    ADDRESS: (
        rf"{_YOUR} (?:\w+ )?(?:adress\b|address\b|adresse\b|postnummer)|(?:bostads|hem|gatu|post)adress|"
        r"(?:home|street|postal|mailing) address|(?:vilken|på vilken) (?:adress|gata) bor|anschrift|"
        r"enter an? address|kotiosoit|osoitteesi|domicilio|adres zamieszkania|домашн\w+ адрес"
    ),
    NAME: (
        rf"{_YOUR} {_FULL} ?(?:namn|name)\b|(?:för|efter|smek)namn|(?:first|last|family|sur|full|nick) ?name\b|"
        rf"vad heter (?:du|(?:din|ditt|dina|er) {_PERSON})\b|"
        rf"namn (?:på|till) (?:(?:din|ditt|en|dina) )?{_PERSON}\b|"
        r"wie hei(?:ß|ss)t du|(?:vor|nach|familien)name|what(?:'s| is) your name|name of (?:the |your )?(?:child|"
        r"respondent|participant|student|mother|father|parents?|teacher|interviewer)|"
        r"namn och (?:efternamn|telefon|adress)|"
        r"wie ist (?:dein|ihr) name|nimesi\b|h(?:va|vad) h(?:eter|edder) du|(?:ditt|dit|fullt) navn|"
        r"(?:for|etter|efter)navn|comment t'appelles|(?:ton|votre) (?:pré)?nom\b|\bnom et prénom|cómo te llamas|"
        r"\b(?:tu|su) nombre\b|come ti chiami|nome e cognome|hoe heet je|\bje naam\b|jak masz na imię|"
        r"jak się nazywasz|imię i nazwisko|як (?:тебе|вас) зва|(?:твоє|ваше) ім['’ʼ]я|как (?:тебя|вас) зовут|"
        r"(?:тво[её]|ваше) имя|adın(?:ız)? ne|\badınız\b|adı (?:ve )?soyadı|اسمك|"
        r"الاسم الكامل|نام (?:شما|خانوادگی)|magacaag|ስም(?:ካ|ኪ|ኩም)"
    ),
    CONTACT: (
        r"kontakt ?uppgift|contact (?:details|info)|kontaktdaten|how (?:can|may) we (?:reach|contact)|"
        r"hur (?:når|kan) vi (?:nå )?dig|yhteystie"
    ),
    ACCOUNT: (
        rf"{_YOUR} (?:\w+[- ])?(?:användarnamn|username|benutzername)|(?:instagram|snapchat|tiktok|discord)"
        r"[- ]?(?:namn|konto|name|account|handle)|snapchat\?$"
    ),
    BANK: (
        r"\bkontonummer|clearingnummer|bank ?konto\w*|swish[- ]?n(?:ummer|r)|\biban\b|bank account|"
        r"registreringsnummer|number plate"
    ),
}
"""Wherever they stand in a label."""

ALONE = {
    NAME: (
        r"(?:full )?name|namn|fullständigt namn|initialer|initials|initialen|nimi|navn|nom|prénom|nombre|nome|"
        r"naam|nazwisko|imię|имя|фио|ім['’ʼ]я|الاسم|اسم|نام|magac|ad soyad|ስም"
    ),
    MAIL: r"e-?post|e[- ]?mail|mejl|mail",
    PHONE: (
        r"telefon|mobil|phone|mobile|(?:mobil ?)?tel(?: ?nr)?|tfn|handy|(?:tele)?phone|mobiltelefon|puhelin|هاتف"
    ),
    ADDRESS: (
        r"adress|address|adresse|gata|gatuadress|street|straße|postnummer|postcode|zip|zip code|"
        r"plz|postleitzahl|osoite"
    ),
    ACCOUNT: r"användarnamn|username|benutzername|instagram|snapchat|discord",
    BIRTH: r"född|born|geboren|birthday|dob",
}
"""Where they are all that a label says."""

CODES = {
    NAME: (
        r"(?:my|your|ditt|full|first|last|for|efter|sur|vor|nach|elev|barn|respondent|participant)_?(?:namn|name)|"
        r"namn|name|kontaktperson|contact_?name"
    ),
    NUMBER: r"person(?:nummer|nr|_?nummer)|pnr|ssn|personal_?id|national_?id|(?:student|elev)_?id",
    MAIL: r"e_?mail|epost|e_post|mejl|mail_?adress|email_?address|epostadress",
    PHONE: r"phone(?:_?n\w*)?|telefon(?:nummer|nr|_?nummer)?|mobil(?:nummer)?|mobile(?:_?number)?|tel|handynummer",
    ADDRESS: r"(?:home_?|street_?|gatu|hem|bostads)?(?:adress|address|adresse)",
    BIRTH: r"date_?of_?birth|birth_?date|birthday|dob|fodelse_?(?:datum|dag)|födelse(?:datum|dag)|geburtsdatum",
    ACCOUNT: r"(?:user_?name|anvandarnamn|instagram|snapchat)",
}
"""Names of questions."""

WORDS = {
    NAME: (
        rf"\bnamn(?:et)?\b|\bnames?\b|\bnamen?\b|\bheter (?:du|ni|den|personen|han|hon|hen)\b|"
        r"\bheter (?:din|ditt|dina|er) (?!favorit)|"
        rf"\bvem är din\b|\bwho is your\b|\b{_YOUR} (?:mentor|lärare|teacher)s? heter"
    ),
    MAIL: r"\be-?post|\be-?mail|\bmejl(?!ar\b| och sms)",
    PHONE: r"\btelefon\b.{0,20}\b(?:når|kontakt)|\bring(?:a)? dig\b|\bcall you\b",
    ADDRESS: r"\badress(?:e|en)?\b|\baddress\b",
}
"""What may make people write who they are: worth a second look."""

CLASS = (
    r"(?:vilken|i vilken|vad heter din) klass (?:går|är|läser) du|vilken klass går|"
    r"^(?:din |ange |skriv )*klass(?:en)?$|"
    r"(?:which|what) class (?:are|do) you|^(?:your )?class$|in welche klasse|^klasse$|millä luokalla|"
    r"hvilken klasse|في أي صف"
)
"""A class is so few people that its name can tell who it was."""

PATTERNS = {
    MAIL: r"regex\s*\(.*@",
    NUMBER: r"regex\s*\(.*(?:\[0-9\]|\\d)\{[68]\}.{0,12}(?:\[0-9\]|\\d)\{4\}",
}
"""Constraints that nothing but such an answer meets."""

ABOUT = (
    r"betyder|tycker|firar?\b|gör du|helst|önska|känn[se]|\bmeans?\b|celebrat|\bthink\b|\bfeel\b|"
    r"feier|bedeutet|vill du (?:ha|göra)|want (?:for|to do)"
)
"""Asks about the name or the day, and not for it."""

OTHER_THINGS = (
    r"\bname (?:one|two|three|four|five|some|a|an|something|up to)\b|"
    r"\bnames? of (?:the |your |a )?(?:favou?rite )?(?!child|respondent|participant|student|mother|father|parent|"
    r"teacher|friend|person|mentor|coach|school|people)\w+|"
    r"\bname (?:should|would|could|shall)\b|"
    rf"\bnamn(?:et)? på (?:den|det|en|ett|din|ditt|nya|appen)? ?(?!{_PERSON}\b)\w+"
)
"""Names of things and not of people."""

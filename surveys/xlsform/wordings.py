"""What is known of an answer or a question by its words, and words of our own in the languages of forms."""

import re

MISSING_WORDS = re.compile(
    r"(jag )?(vet ej|vet inte|kan inte svara|vill (ej|inte) (svara|säga|uppge|ange))|don['’]?t know.*|do not know|"
    r"prefer not .*|(i )?(would|do) not want to (say|answer)|not sure|no answer|rather not .*|"
    r"(ich )?wei(ß|ss) (es )?nicht|keine angabe|(ich )?möchte (ich )?nicht .*|inget svar"
)
EXCLUSIVE_WORDS = re.compile(
    r"(inget|ingen|inga)( av .*| alls| särskil.*)?|none( of .*)?|nothing( of .*)?|neither|"
    r"keine[rs]?( davon| der .*)?|nichts( .*)?"
)
HEAVY_WORDS = re.compile(
    r"självmord|suicid|suizid|selbstmord|ta (ditt|mitt) liv|självskad|skad(at|a) (dig|mig) själv|self[- ]?harm|"
    r"hurt(ing)? yourself|better off dead|bättre att (du|jag) var(it)? död|kill yourself|selbst verletz"
)

CHECK_AGAIN = {
    "sv": "Titta på ditt svar en gång till.",
    "en": "Please look at your answer once more.",
    "de": "Bitte schau dir deine Antwort noch einmal an.",
}
OTHER_WORDS = {
    "sv": "Annat", "sv-x-easy": "Något annat", "en": "Other", "de": "Sonstiges", "fi": "Muu", "nb": "Annet",
    "da": "Andet", "fr": "Autre", "es": "Otro", "ar": "شيء آخر",
}  # fmt: skip

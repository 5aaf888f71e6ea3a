"""A questionnaire with every kind of question that there is, for tests to answer and to bend."""

import copy

YES_NO = [{"code": "yes", "text": {"sv": "Ja"}}, {"code": "no", "text": {"sv": "Nej"}}]
RATHER_NOT = {"code": "rather_not", "text": {"sv": "Vill inte svara"}, "missing": True}
TRUE = {
    "code": "true5",
    "choices": [{"code": f"t{n}", "text": {"sv": f"Stämmer {n}"}} for n in range(5)],
    "high": {"codes": ["t3", "t4"], "text": {"sv": "stämmer"}},
    "low": {"codes": ["t0", "t1"], "text": {"sv": "stämmer inte"}},
}


def _question(code, kind, section="all", **more):
    words = {"text": {"sv": f"Fråga {code}?"}, "label": {"sv": code}}
    return {"code": code, "section": section, "kind": kind, "since": 1, **words, **more}


def _band(code, **ends):
    return {"code": code, "text": {"sv": code}, **ends}


OUTSIDE = {"thanks": {"sv": "Tack!"}}
EVERY_KIND = {
    "format": 2,
    "code": "every",
    "version": 1,
    "languages": ["sv"],
    "title": {"sv": "Alla sorter"},
    "minutes": 3,
    "scales": [TRUE],
    "batteries": [{"code": "school_is", "text": {"sv": "Skolan är …"}}],
    "sections": [
        {"code": "you", "title": {"sv": "Du"}},
        {"code": "all", "title": {"sv": "Allt"}},
        {"code": "pupils", "title": {"sv": "Elever"}, "show_if": "${goes} = 'yes'"},
        {"code": "last", "title": {"sv": "Sist"}},
    ],
    "questions": [
        _question(
            "born",
            "number",
            "you",
            asks="birth_year",
            required=True,
            background=True,
            bands=[
                _band("under", to=14, outside="under", **OUTSIDE),
                _band("15-19", **{"from": 15, "to": 19}),
                _band("20-29", **{"from": 20, "to": 29}),
                _band("over", outside="over", **{"from": 30}, **OUTSIDE),
            ],
        ),
        _question("intro", "info", "you"),
        _question("goes", "single", choices=[*YES_NO, RATHER_NOT], appearance="dropdown", ask_again=True),
        _question("life", "rating", low_label={"sv": "sämst"}, high_label={"sv": "bäst"}, choices=[RATHER_NOT]),
        _question(
            "sleep",
            "quantity",
            minimum=0,
            maximum=24,
            decimals=1,
            unit={"sv": "timmar"},
            choices=[RATHER_NOT],
            constraints=[{"holds": ". <= 16 or ${goes} = 'no'", "message": {"sv": "Mer än 16 timmar?"}}],
        ),
        _question(
            "joys",
            "multiple",
            choices=[
                {"code": "music", "text": {"sv": "Musik"}},
                {"code": "sport", "text": {"sv": "Idrott"}},
                {"code": "friends", "text": {"sv": "Vänner"}},
                {"code": "other", "text": {"sv": "Annat"}, "specify": True},
                {"code": "none", "text": {"sv": "Inget"}, "exclusive": True},
            ],
            min_choices=2,
            max_choices=3,
        ),
        _question("order", "ranking", choices=[{"code": c, "text": {"sv": c}} for c in ("a", "b", "c")]),
        _question("read", "acknowledge"),
        _question("safe", "scale", "pupils", scale="true5", polarity="more_is_better", battery="school_is"),
        _question("dull", "scale", "pupils", scale="true5", polarity="less_is_better", battery="school_is"),
        _question("tired", "calculated", "last", calculation="if(${sleep} < 7, 'yes', 'no')"),
        _question("why_tired", "text", "last", max_length=60, show_if="${tired} = 'yes' and answered(${sleep})"),
        _question("low", "info", "last", show_if="score('school') <= 50"),
    ],
    "scores": [
        {
            "code": "school",
            "title": {"sv": "Skolan"},
            "items": ["safe", "dull"],
            "reversed": ["dull"],
            "most_missing": 1,
            "multiply": 12.5,
            "bands": [
                {"code": "low", "text": {"sv": "låg"}, "from": 0, "to": 50},
                {"code": "high", "text": {"sv": "hög"}, "from": 50.01, "to": 100},
            ],
        }
    ],
}


def every_kind():
    """A fresh copy of the JSON."""
    return copy.deepcopy(EVERY_KIND)

"""A small questionnaire that holds every kind of question, for tests to bend."""

import copy

SWEDISH_ONLY = {
    "format": 1,
    "code": "small",
    "version": 2,
    "languages": ["sv"],
    "title": {"sv": "Liten enkät"},
    "minutes": 2,
    "scales": [
        {
            "code": "often3",
            "choices": [
                {"code": "never", "text": {"sv": "Aldrig"}},
                {"code": "sometimes", "text": {"sv": "Ibland"}},
                {"code": "often", "text": {"sv": "Ofta"}},
            ],
            "high": {"codes": ["often"], "text": {"sv": "ofta"}},
            "low": {"codes": ["never"], "text": {"sv": "aldrig"}},
        }
    ],
    "sections": [
        {"code": "you", "title": {"sv": "Du"}},
        {"code": "school", "title": {"sv": "Skolan"}},
        {"code": "life", "title": {"sv": "Livet"}, "intro": {"sv": "Sist."}},
    ],
    "questions": [
        {
            "code": "age",
            "section": "you",
            "kind": "number",
            "text": {"sv": "Hur gammal är du?"},
            "label": {"sv": "Ålder"},
            "bands": [
                {
                    "code": "under",
                    "text": {"sv": "Under 15"},
                    "to": 14,
                    "outside": "under",
                    "thanks": {"sv": "Tack!"},
                },
                {"code": "15-19", "text": {"sv": "15–19"}, "from": 15, "to": 19},
                {"code": "20-29", "text": {"sv": "20–29"}, "from": 20, "to": 29},
                {
                    "code": "over",
                    "text": {"sv": "Över 29"},
                    "from": 30,
                    "outside": "over",
                    "thanks": {"sv": "Tack!"},
                },
            ],
            "required": True,
            "background": True,
            "since": 1,
        },
        {
            "code": "does",
            "section": "you",
            "kind": "single",
            "text": {"sv": "Vad gör du?"},
            "label": {"sv": "Gör"},
            "choices": [
                {"code": "school", "text": {"sv": "Skola"}},
                {"code": "work", "text": {"sv": "Jobb"}},
                {"code": "unsure", "text": {"sv": "Vet inte"}, "missing": True},
            ],
            "background": True,
            "since": 1,
        },
        {
            "code": "likes_school",
            "section": "school",
            "kind": "scale",
            "scale": "often3",
            "polarity": "more_is_better",
            "measures": "wellbeing",
            "text": {"sv": "Trivs du?"},
            "label": {"sv": "Trivs"},
            "since": 1,
            "show_if": {"question": "does", "in": ["school"]},
        },
        {
            "code": "why",
            "section": "life",
            "kind": "multiple",
            "text": {"sv": "Vad gör dig glad?"},
            "label": {"sv": "Glad av"},
            "choices": [
                {"code": "friends", "text": {"sv": "Vänner"}},
                {"code": "sport", "text": {"sv": "Idrott"}},
                {"code": "music", "text": {"sv": "Musik"}},
                {"code": "none", "text": {"sv": "Inget"}, "exclusive": True},
            ],
            "max_choices": 2,
            "since": 2,
        },
        {
            "code": "friends_often",
            "section": "life",
            "kind": "scale",
            "scale": "often3",
            "polarity": "more_is_better",
            "text": {"sv": "Hur ofta?"},
            "label": {"sv": "Ofta"},
            "since": 2,
            "show_if": {"question": "likes_school", "in": ["sometimes", "often"]},
        },
        {
            "code": "words",
            "section": "life",
            "kind": "text",
            "text": {"sv": "Med egna ord"},
            "label": {"sv": "Ord"},
            "max_length": 40,
            "since": 1,
        },
    ],
}


def definition():
    """A fresh copy of the JSON."""
    return copy.deepcopy(SWEDISH_ONLY)


def question_of(data, code):
    """The JSON of one question, to change in place."""
    return next(question for question in data["questions"] if question["code"] == code)

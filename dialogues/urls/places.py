"""Where the pages of dialogues lie."""

ALL = "k/<slug:slug>/dialoger/"
ONE = ALL + "<uuid:dialogue_id>/"

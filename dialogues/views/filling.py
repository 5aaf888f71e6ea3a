"""Suggestions taken all at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.middleware import tenant_of
from dialogues.services.suggesting import deck_fill, people_again, places_fill
from dialogues.views.common import DialogueDeedView, signed_in


class DeckFillView(DialogueDeedView):
    """Puts everything that is suggested in the deck."""

    permission = "dialogues.prepare_dialogue"
    leads_to = ("dialogue-prepare", "data")

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        added = deck_fill(dialogue=self.dialogue(), tenant=tenant_of(request), by=signed_in(request))
        if not added:
            return _("There was nothing more to add by itself. Choose among the saved charts.")
        return ngettext("%(n)s chart is in the deck.", "%(n)s charts are in the deck.", added) % {"n": added}


class PlacesFillView(DialogueDeedView):
    """Puts a place on the list for every role that is suggested, or everybody of the last time."""

    permission = "dialogues.prepare_dialogue"
    leads_to = ("dialogue-prepare", "vilka")

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        if request.POST.get("who") == "again":
            again = people_again(dialogue=self.dialogue(), by=signed_in(request))
            words = ngettext("%(n)s person is on the list again.", "%(n)s people are on the list again.", again)
            return words % {"n": again}
        added = places_fill(dialogue=self.dialogue(), by=signed_in(request))
        return ngettext("%(n)s place is on the list.", "%(n)s places are on the list.", added) % {"n": added}


class DialogueFillView(DialogueDeedView):
    """Takes all that is suggested: those of last time, places and charts. What is left is a day and a place."""

    permission = "dialogues.prepare_dialogue"
    leads_to = ("dialogue-prepare", "tid")

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        dialogue, by = self.dialogue(), signed_in(request)
        places = people_again(dialogue=dialogue, by=by) + places_fill(dialogue=dialogue, by=by)
        charts = deck_fill(dialogue=dialogue, tenant=tenant_of(request), by=by)
        words = _("The suggestions are in: %(places)s places and %(charts)s charts. Now choose a day.")
        return words % {"places": places, "charts": charts}

"""The deeds on the deck: charts put in, ordered, described, taken out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.selectors import charts_for, datasets_for
from dialogues.forms.choosing import uuid_of
from dialogues.forms.preparing import SlideForm
from dialogues.models import Dialogue, Slide
from dialogues.services import deck as decks
from dialogues.views.common import DialogueDeedView, signed_in


class SlideAddView(DialogueDeedView):
    """Puts a saved chart, or a first view of a data set, last in the deck."""

    permission = "dialogues.prepare_dialogue"
    leads_to = ("dialogue-prepare", "data")

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        by, dialogue = signed_in(request), self.dialogue()
        if chart_id := uuid_of(request.POST.get("chart")):
            slide = decks.slide_add(dialogue=dialogue, chart=get_object_or_404(charts_for(), pk=chart_id), by=by)
        else:
            dataset = get_object_or_404(datasets_for(), pk=uuid_of(request.POST.get("dataset")))
            slide = decks.slide_add_from_dataset(
                dialogue=dialogue, dataset=dataset, place=tenant_of(request).code, by=by
            )
        if slide.position > Dialogue.MOST_CHARTS:
            return ""
        return _("“%s” is in the deck.") % slide.name


class SlideView(DialogueDeedView):
    """A chart in the deck of one dialogue."""

    is_abstract = True
    leads_to = ("dialogue-prepare", "data")

    def slide(self) -> Slide:
        """The slide that the address names."""
        found = Slide.in_scope().select_related("dialogue")
        return get_object_or_404(found, dialogue=self.dialogue(), pk=self.kwargs["slide_id"])


class SlideMoveView(SlideView):
    """Moves a chart one place up or down."""

    permission = "dialogues.prepare_dialogue"

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        decks.slide_move(slide=self.slide(), steps=-1 if request.POST.get("to") == "up" else 1)
        return ""


class SlideRemoveView(SlideView):
    """Takes a chart out of the deck."""

    permission = "dialogues.prepare_dialogue"

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        decks.slide_remove(slide=self.slide(), by=signed_in(request))
        return _("The chart is out of the deck. It is still saved.")


class SlideDescribeView(SlideView):
    """Says in a sentence what one is looking at."""

    permission = "dialogues.prepare_dialogue"

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        form = SlideForm(request.POST)
        if not form.is_valid():
            raise decks.DialogueError(
                _("A sentence can be 300 characters long. Say it shorter: one thing to look at.")
            )
        decks.slide_describe(slide=self.slide(), looking_at=form.cleaned_data["looking_at"])
        return _("Saved.")


class DeckOrderView(DialogueDeedView):
    """Takes the order that somebody dragged the charts into."""

    permission = "dialogues.prepare_dialogue"
    leads_to = ("dialogue-prepare", "data")

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        wanted = [found for found in map(uuid_of, request.POST.getlist("slide")) if found is not None]
        decks.deck_order(dialogue=self.dialogue(), slide_ids=wanted, by=signed_in(request))
        return ""

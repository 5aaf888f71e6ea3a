"""The agenda of one dialogue: which kind of meeting it is, its points and their minutes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dialogues.content import LENGTHS
from dialogues.content.formats import find_format, format_agenda, formats
from dialogues.forms.agenda import Row, points_of, problem_of, rows_in, rows_of
from dialogues.preparing.agendas import LONGEST_TALK, MOST_POINTS, agenda_of
from dialogues.services.preparing import dialogue_change
from dialogues.views.common import DialogueView, language, signed_in

BLANK_ROWS = 2


class AgendaView(DialogueView):
    """The points in order with their minutes; `?form=standing` shows those of another kind of meeting."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, asked = self.dialogue(), request.GET.get("form", "")
        if asked:
            length = dialogue.minutes if dialogue.minutes in LENGTHS else LENGTHS[-1]
            return self.show(request, rows_of(format_agenda(asked, length), language()), find_format(asked).key)
        return self.show(request, rows_of(agenda_of(dialogue), language()), dialogue.format)

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, rows = self.dialogue(), rows_in(request.POST)
        chosen = find_format(request.POST.get("format", "")).key
        if problem := problem_of(rows):
            return self.show(request, rows, chosen, error=problem, status=422)
        total = sum(int(row.minutes) for row in rows)
        is_ready_made = total in LENGTHS and rows == rows_of(format_agenda(chosen, total), language())
        dialogue_change(
            dialogue=dialogue,
            by=signed_in(request),
            format=chosen,
            agenda=[] if is_ready_made else points_of(rows),
            minutes=total,
        )
        messages.success(request, _("Saved."))
        return self.back_to("dialogue-agenda")

    def show(
        self, request: HttpRequest, rows: list[Row], chosen: str, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        total = sum(int(row.minutes) for row in rows if row.minutes.isdecimal() and len(row.minutes) < 4)
        blank = [Row("", "", "", "", "")] * min(BLANK_ROWS, max(0, MOST_POINTS - len(rows)))
        context = self.shared_context() | {
            "formats": formats(),
            "chosen": find_format(chosen),
            "rows": [*rows, *blank],
            "total": total,
            "is_long": total > LONGEST_TALK,
            "error": error,
        }
        return render(request, "dialogues/agenda/agenda.html", context, status=status)

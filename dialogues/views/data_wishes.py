"""Wishes for data: what nobody has answered yet, and answering one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from dialogues.errors import DialogueError
from dialogues.forms.data_wishes import WishAnswerForm, WishSearchForm
from dialogues.models import DataWishAnswer, Note
from dialogues.selectors import data_wishes as found
from dialogues.services.data_wishes import wish_answer, wish_open_again
from dialogues.views.common import language, membership_of, signed_in
from dialogues.wishes import wish_carry, wish_lay_down
from portal.views import PortalView

PAGE, MOST_ANSWERED = 30, 30


class DataWishListView(PortalView):
    """The unanswered wishes of every dialogue, and what came of the others."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = WishSearchForm(request.GET, lang=language())
        theme = form.theme()
        context = {
            "form": form,
            "theme": theme,
            "page": Paginator(found.open_data_wishes(theme), PAGE).get_page(request.GET.get("page")),
            "answered": list(found.answered_data_wishes()[:MOST_ANSWERED]),
            "may_share": request.user.has_perm("dialogues.share_idea", tenant_of(request)),
            "may_answer": request.user.has_perm("datasets.register_dataset", tenant_of(request)),
        }
        return render(request, "dialogues/data_wishes/data_wish_list.html", context)


class DataWishView(PortalView):
    """A page about one wish."""

    is_abstract = True

    def note(self) -> Note:
        """The wish of the address; 404 where it is none."""
        return get_object_or_404(found.data_wishes(), pk=self.kwargs["note_id"])


class DataWishAnswerView(DataWishView):
    """Closes a wish by a data set, or says why there is none."""

    permission = "datasets.register_dataset"

    def get(self, request: HttpRequest, slug: str, note_id: UUID) -> HttpResponse:
        return self.show(request, self.note(), self.form(request, None))

    def post(self, request: HttpRequest, slug: str, note_id: UUID) -> HttpResponse:
        note, form = self.note(), self.form(request, request.POST)
        if form.is_valid():
            try:
                wish_answer(note=note, by=signed_in(request), **form.cleaned_data)
            except DialogueError as refusal:
                form.add_error(None, str(refusal))
            else:
                wish_lay_down(request, note.pk)
                messages.success(request, _("The wish is closed. Whoever led the dialogue is told."))
                return redirect("data-wish-list", slug)
        return self.show(request, note, form, status=422)

    def form(self, request: HttpRequest, data: Any) -> WishAnswerForm:
        """The form with the data sets that can be pointed at."""
        return WishAnswerForm(data, datasets=found.datasets_to_point_at(membership_of(request)))

    def show(self, request: HttpRequest, note: Note, form: WishAnswerForm, status: int = 200) -> HttpResponse:
        context = {"note": note, "form": form}
        return render(request, "dialogues/data_wishes/data_wish_answer.html", context, status=status)


class DataWishRegisterView(DataWishView):
    """Sets out to bring in what a wish asks for; the wish goes along."""

    permission = "datasets.register_dataset"

    def post(self, request: HttpRequest, slug: str, note_id: UUID) -> HttpResponse:
        wish_carry(request, self.note())
        return redirect("dataset-register" if request.POST.get("way") == "register" else "upload-create", slug)


class DataWishPutBackView(DataWishView):
    """Lets a wish that went along wait again."""

    permission = "datasets.register_dataset"

    def post(self, request: HttpRequest, slug: str, note_id: UUID) -> HttpResponse:
        wish_lay_down(request, self.note().pk)
        messages.success(request, _("The wish waits among the others."))
        return redirect("data-wish-list", slug)


class DataWishOpenView(PortalView):
    """Takes an answer back."""

    permission = "datasets.register_dataset"

    def post(self, request: HttpRequest, slug: str, note_id: UUID) -> HttpResponse:
        answer = get_object_or_404(DataWishAnswer.in_scope().select_related("note__dialogue"), note=note_id)
        wish_open_again(answer=answer, by=signed_in(request))
        messages.success(request, _("The wish waits again."))
        return redirect("data-wish-list", slug)

"""Grouping the notes: ticked or dragged into groups that the room names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.errors import DialogueError
from dialogues.forms.grouping import NEW, NONE, GroupingForm
from dialogues.models import Cluster
from dialogues.selectors.log import notes_of
from dialogues.services import clusters
from dialogues.views.common import DialogueDeedView, DialogueView, ids_in, signed_in


class NoteGroupsView(DialogueView):
    """Notes without a group beside the groups; what is ticked goes where the bar says."""

    permission = "dialogues.hold_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return self.show(GroupingForm(clusters=self.clusters()))

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, made = self.dialogue(), self.clusters()
        form = GroupingForm(request.POST, clusters=made)
        if not form.is_valid():
            return self.show(form, status=422)
        to, by = form.cleaned_data["to"], signed_in(request)
        try:
            cluster = next((one for one in made if str(one.pk) == to), None)
            if to == NEW:
                cluster = clusters.cluster_make(dialogue=dialogue, title=form.cleaned_data["title"], by=by)
            moved = clusters.notes_group(dialogue=dialogue, note_ids=ids_in(request.POST, "note"), cluster=cluster)
        except DialogueError as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=422)
        if moved or to != NEW:
            words = ngettext("%(count)s note moved.", "%(count)s notes moved.", moved) % {"count": moved}
            messages.success(request, words if moved else _("Tick the notes first."))
        place = reverse("note-groups", args=[slug, dialogue_id])
        return redirect(place if to == NONE or cluster is None else f"{place}#group-{cluster.pk}")

    def clusters(self) -> list[Cluster]:
        """The groups of this dialogue, in their order."""
        return list(Cluster.in_scope().filter(dialogue=self.dialogue()))

    def show(self, form: GroupingForm, status: int = 200) -> HttpResponse:
        notes = list(notes_of(self.dialogue()))
        context = self.shared_context() | {
            "form": form,
            "chosen": ids_in(self.request.POST, "note"),
            "loose": [note for note in notes if note.cluster_id is None],
            "groups": [(one, [note for note in notes if note.cluster_id == one.pk]) for one in self.clusters()],
            "change": self.dialogue().last_change,
            "has_notes": bool(notes),
        }
        return render(self.request, "dialogues/note_groups.html", context, status=status)


class ClusterView(DialogueDeedView):
    """One group of one dialogue."""

    is_abstract = True
    leads_to = ("note-groups",)

    def cluster(self) -> Cluster:
        """The group that the address names."""
        found = Cluster.in_scope().select_related("dialogue")
        return get_object_or_404(found, dialogue=self.dialogue(), pk=self.kwargs["cluster_id"])


class ClusterChangeView(ClusterView):
    """Gives a group another name."""

    permission = "dialogues.hold_dialogue"

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        clusters.cluster_rename(cluster=self.cluster(), title=request.POST.get("title", ""))
        return ""


class ClusterRaiseView(ClusterView):
    """Moves a group one place up."""

    permission = "dialogues.hold_dialogue"

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        clusters.cluster_raise(cluster=self.cluster())
        return ""


class ClusterRemoveView(ClusterView):
    """Undoes a group; its notes stay."""

    permission = "dialogues.hold_dialogue"

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        clusters.cluster_remove(cluster=self.cluster(), by=signed_in(request))
        return _("The group is gone. Its notes are still in the log.")

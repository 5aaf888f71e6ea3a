"""Templates of dialogues: made, shared, begun from; and the copy of a whole dialogue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.middleware import tenant_of
from datasets.reach import Reach, reach_choices, reach_of
from dialogues.content import find_theme
from dialogues.models import DialogueTemplate
from dialogues.services import templates
from dialogues.views.common import DialogueView, signed_in
from portal.views import PortalView


class TemplateForm(forms.Form):
    """What a template is called, and who may use it."""

    title = forms.CharField(label=gettext_lazy("What is the template called?"), max_length=200)
    reach = forms.ChoiceField(
        label=gettext_lazy("Who may use it?"),
        widget=forms.RadioSelect,
        choices=reach_choices(may_open=False),
        help_text=gettext_lazy("Theme, goal, agenda, roles and charts. No names and no notes."),
    )


class TemplateListView(PortalView):
    """Our own templates and those that the region or a municipality in it shares with us."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = tenant_of(request)
        rows = [
            {
                "template": one,
                "is_own": one.tenant_id == tenant.pk,
                "is_shared": reach_of(one) is not Reach.OWN,
                "theme": find_theme(one.theme),
            }
            for one in DialogueTemplate.objects.select_related("tenant").order_by("title", "created_at")
        ]
        context = {
            "own": [row for row in rows if row["is_own"]],
            "others": [row for row in rows if not row["is_own"]],
            "is_region": tenant.parent_id is None,
        }
        return render(request, "dialogues/templates/list.html", context)


class TemplateMakeView(DialogueView):
    """Makes a template of a dialogue."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        form = TemplateForm(initial={"title": self.dialogue().title, "reach": Reach.OWN})
        return self.show(request, form)

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, form = self.dialogue(), TemplateForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        reach = Reach(form.cleaned_data["reach"])
        templates.template_make(
            dialogue=dialogue, title=form.cleaned_data["title"], reach=reach, by=signed_in(request)
        )
        messages.success(request, _("The template is saved. A new dialogue can begin from it."))
        return redirect("dialogue-template-list", slug)

    def show(self, request: HttpRequest, form: TemplateForm, status: int = 200) -> HttpResponse:
        context = self.shared_context() | {"form": form}
        return render(request, "dialogues/templates/make.html", context, status=status)


class DialogueCopyView(DialogueView):
    """Plans the same dialogue once more, or its second talk some days later."""

    permission = "dialogues.prepare_dialogue"

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, by = self.dialogue(), signed_in(request)
        if request.POST.get("deed") == "second":
            made = templates.second_talk_plan(dialogue=dialogue, by=by)
            messages.success(request, _("Here is the second talk. It opens with what comes of the first."))
        else:
            made = templates.dialogue_copy(dialogue=dialogue, by=by)
            messages.success(request, _("Here is the copy: deck, roles and questions, without names and notes."))
        return redirect("dialogue-detail", slug, made.pk)


class TemplateDeedView(PortalView):
    """A button beside a template: of any that can be seen, or of our own alone."""

    is_abstract = True
    is_own_only = True

    def post(self, request: HttpRequest, slug: str, dialogue_template_id: UUID) -> HttpResponse:
        found = DialogueTemplate.objects.own() if self.is_own_only else DialogueTemplate.objects.all()
        return self.do(request, get_object_or_404(found, pk=dialogue_template_id))

    def do(self, request: HttpRequest, template: DialogueTemplate) -> HttpResponse:
        """Do it, and say where to go on."""
        raise NotImplementedError

    def back(self, **more: Any) -> HttpResponse:
        return redirect("dialogue-template-list", self.kwargs["slug"])


class TemplateUseView(TemplateDeedView):
    """Begins a dialogue from a template."""

    permission = "dialogues.prepare_dialogue"
    is_own_only = False

    def do(self, request: HttpRequest, template: DialogueTemplate) -> HttpResponse:
        dialogue = templates.template_use(template=template, by=signed_in(request))
        return redirect("dialogue-detail", self.kwargs["slug"], dialogue.pk)


class TemplateShareView(TemplateDeedView):
    """Lets the region's municipalities use one of ours, or no longer."""

    permission = "dialogues.prepare_dialogue"

    def do(self, request: HttpRequest, template: DialogueTemplate) -> HttpResponse:
        reach = Reach.MEMBERS if request.POST.get("reach") == Reach.MEMBERS else Reach.OWN
        templates.template_share(template=template, reach=reach, by=signed_in(request))
        shared = reach is Reach.MEMBERS
        messages.success(
            request, _("The template is shared.") if shared else _("Only your own people see it now.")
        )
        return self.back()


class TemplateRemoveView(TemplateDeedView):
    """Removes one of ours."""

    permission = "dialogues.prepare_dialogue"

    def do(self, request: HttpRequest, template: DialogueTemplate) -> HttpResponse:
        templates.template_remove(template=template, by=signed_in(request))
        messages.success(request, _("The template is removed. Dialogues that began from it stay."))
        return self.back()

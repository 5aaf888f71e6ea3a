"""Copying a whole dialogue, its second talk, and templates: made of one, shared, begun from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from datasets.cubes import pick
from datasets.models import Chart
from datasets.reach import Reach, audience_of
from datasets.selectors import charts_for
from dialogues.content import perspectives
from dialogues.models import Dialogue, DialogueTemplate, Participant, Slide, SlidePicture
from dialogues.preparing.agendas import LONGEST_TALK
from dialogues.services.preparing import dialogue_create
from dialogues.services.suggesting import people_again
from portal.audit.recording import record
from portal.tenancy.scope import current

CARRIED = ("theme", "goal", "aim", "minutes", "format", "agenda")
"""What a copy and a template take over; the questions come with theme and goal."""


@transaction.atomic
def dialogue_copy(*, dialogue: Dialogue, by: User) -> Dialogue:
    """Plan the same once more: deck, invited roles and questions. No names, no notes, no steps, no day."""
    copy = dialogue_create(title=dialogue.title, by=by, **_carried(dialogue))
    _add_roles(copy, _roles_of(dialogue.participants.all()))
    _copy_slides(dialogue, copy)
    record("dialogue.copied", target=copy, by=by)
    return copy


@transaction.atomic
def second_talk_plan(*, dialogue: Dialogue, by: User) -> Dialogue:
    """Plan the second talk of a pair: same people and deck, the ordinary agenda, and no day yet.

    It goes on from the first, and so opens with that one's steps, takeaways and open wishes. Asked for again, it
    is the one that is planned already.
    """
    Dialogue.in_scope().select_for_update().get(pk=dialogue.pk)
    title = _("%(title)s, the second talk") % {"title": dialogue.title[:180]}
    known = Dialogue.in_scope().filter(previous=dialogue, title=title, state=Dialogue.State.PLANNED).first()
    if known is not None:
        return known
    carried = _carried(dialogue) | {"agenda": [], "minutes": LONGEST_TALK, "place": dialogue.place}
    second = dialogue_create(title=title, by=by, previous=dialogue, **carried)
    second.facilitator = dialogue.facilitator or by
    second.save(update_fields=["facilitator"])
    people_again(dialogue=second, by=by)
    _add_roles(second, _roles_of(dialogue.participants.filter(name="")))
    _copy_slides(dialogue, second)
    record("dialogue.second_talk_planned", target=second, by=by)
    return second


def _copy_slides(dialogue: Dialogue, copy: Dialogue) -> None:
    slides = list(dialogue.slides.order_by("position"))
    pictures = {one.slide_id: one for one in SlidePicture.in_scope().filter(slide__in=slides)}
    for slide in slides:
        picture = pictures.get(slide.pk)
        # Without `release`: what was kept was kept for the dialogue that was held, and the copy is of today.
        made = Slide.objects.create(
            dialogue=copy,
            kind=slide.kind,
            chart_id=slide.chart_id,
            voice_id=slide.voice_id,
            heading=slide.heading,
            text=slide.text,
            source=slide.source,
            url=slide.url,
            position=slide.position,
            looking_at=slide.looking_at,
        )
        if picture is not None:
            SlidePicture.objects.create(
                slide=made,
                content=picture.content,
                content_type=picture.content_type,
                alternative=picture.alternative,
            )


@transaction.atomic
def template_make(*, dialogue: Dialogue, title: str, reach: Reach, by: User) -> DialogueTemplate:
    """Make a template of a dialogue, for one's own people or for all of the region."""
    charts = dialogue.slides.filter(kind=Slide.Kind.CHART).order_by("position")
    template: DialogueTemplate = DialogueTemplate.objects.create(
        title=title.strip(),
        roles=_roles_of(dialogue.participants.all()),
        charts=[{"chart": str(one.chart_id), "looking_at": one.looking_at} for one in charts],
        audience_id=audience_of(Tenant.objects.get(pk=current()), reach),
        created_by=by,
        **_carried(dialogue),
    )
    record("dialogue_template.made", target=template, by=by, reach=reach.value)
    return template


@transaction.atomic
def template_share(*, template: DialogueTemplate, reach: Reach, by: User) -> None:
    """Let a template be used by more, or by fewer. What began from it stays."""
    audience_id = audience_of(Tenant.objects.get(pk=current()), reach)
    DialogueTemplate.objects.own().filter(pk=template.pk).update(audience_id=audience_id)
    record("dialogue_template.shared", target=template, by=by, reach=reach.value)


@transaction.atomic
def template_remove(*, template: DialogueTemplate, by: User) -> None:
    """Remove a template; the dialogues that began from it stay."""
    record("dialogue_template.removed", target=template, by=by)
    DialogueTemplate.objects.own().filter(pk=template.pk).delete()


@transaction.atomic
def template_use(*, template: DialogueTemplate, by: User) -> Dialogue:
    """Begin a dialogue from a template, with those of its charts that can be seen here."""
    dialogue = dialogue_create(title=template.title, by=by, **_carried(template))
    _add_roles(dialogue, template.roles)
    wanted = {UUID(one["chart"]): str(one["looking_at"]) for one in template.charts}
    seen: dict[UUID, Chart] = charts_for().in_bulk(list(wanted))
    for position, pk in enumerate((pk for pk in wanted if pk in seen), start=1):
        Slide.objects.create(dialogue=dialogue, chart=seen[pk], position=position, looking_at=wanted[pk])
    record("dialogue_template.used", target=dialogue, by=by)
    return dialogue


def _carried(source: Dialogue | DialogueTemplate) -> dict[str, Any]:
    return {name: getattr(source, name) for name in CARRIED}


def _roles_of(places: QuerySet[Participant]) -> list[dict[str, str]]:
    """The places on the list without who filled them; somebody who has only a name leaves none."""
    people = places.order_by("perspective", "role")
    known = perspectives()
    return [
        {
            "perspective": one.perspective if one.perspective in known else "",
            "role": one.role,
            "organisation": one.organisation,
        }
        for one in people
        if one.role or one.perspective in known
    ]


def _add_roles(dialogue: Dialogue, roles: list[dict[str, str]]) -> None:
    language = (get_language() or "sv").partition("-")[0]
    for one in roles:
        Participant.objects.create(
            dialogue=dialogue,
            perspective=one["perspective"],
            role=one["role"] or one["organisation"] or pick(perspectives()[one["perspective"]], language),
            organisation=one["organisation"],
        )

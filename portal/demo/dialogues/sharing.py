"""What the demo's municipalities share: ideas, what came of trying them, wishes for data, and counts."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Tenant
from datasets.models import Dataset
from datasets.reach import Reach
from dialogues.models import Dialogue, Idea, IdeaTrial, Note, SelfEvaluation
from dialogues.services.counting import dialogues_count, wish_share
from dialogues.services.data_wishes import wish_answer
from dialogues.services.evaluating import self_evaluation_answer, self_evaluation_close, self_evaluation_open
from dialogues.services.ideas import idea_add, idea_share, trial_tell
from dialogues.services.reminding import steps_mail
from dialogues.services.templates import template_make
from portal.demo.clock import as_of, days_from_now
from portal.demo.dialogues import held, neighbour
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope

IDEAS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "9901",
        {
            "title": "Låt unga själva öppna gården på söndagar",
            "text": "Sex unga går en kort kurs i ledarskap och första hjälpen. Sedan öppnar två av dem åt gången"
            " gården på söndagar. En vuxen finns på telefon. De har betalt, och väljer själva vad som händer.",
            "came_of_it": "Vi har provat i fyra månader. Det kommer lika många som på en fredag.",
            "kind": Idea.Kind.PROMOTING,
            "cost": Idea.Cost.LOW,
            "age_bands": ["15-17", "18-19"],
            "theme": "leisure",
            "factors": ["meeting_places", "influence", "contribution"],
            "contact": "Kultur och fritid, kommunens växel",
        },
    ),
    (
        "9902",
        {
            "title": "Gå en kvällsrunda tillsammans",
            "text": "Unga, gatukontoret och polisen går samma väg hem en mörk kväll. Var och en pekar ut det som"
            " känns bra och det som inte gör det. Sex veckor senare går ni igen och ser vad som har hänt.",
            "came_of_it": "Fem lampor lagades inom två veckor. Unga sa att det bästa var att någon gick med.",
            "kind": Idea.Kind.PREVENTING,
            "cost": Idea.Cost.LOW,
            "age_bands": ["15-17", "18-19", "20-24"],
            "theme": "leisure",
            "factors": ["safety", "voice"],
            "contact": "Kommunens samordnare för unga",
        },
    ),
)
TRIED = (
    "Vi gjorde likadant på biblioteket. Det gick bra så länge samma unga kom. När två flyttade stod det stilla i"
    " några veckor, så utbilda fler än ni behöver."
)
METHOD, METHOD_TRIED = "open_evenings", (
    "Vi har haft öppet till 22 i ett par år. Besöken ökade snabbt bland dem under 20, långsammare bland de äldre."
)  # fmt: skip
WISHES = {"9901": "Hur tar sig unga hem på kvällen?", "9902": "Hur tar sig unga hem efter träningen?"}
SHARED_WISHES = {
    "9901": "Vi vill veta hur unga tar sig hem på kvällen: buss, cykel, skjuts eller gående.",
    "9902": "Vi vill veta hur unga tar sig hem på kvällen, och vilka som slutar träna för att det inte går.",
}
ANSWERED, ANSWERED_BY = "Hur många över 20 lånar på biblioteket?", "Lån på biblioteket, 15–29 år"
ANSWER_LINE = "Se linjerna för 20–24 och 25–29 år."
MEMBERS = 9
SELF_EVALUATIONS = (
    (
        -215,
        ((3, 2, 3, 2, 3, 2), (3, 3, 3, 2, 4, 2), (4, 2, 2, 3, 3, 1), (3, 2, 3, 3, 4, 2), (2, 3, 3, 2, 3, 2),
         (4, 3, 4, 3, 4, 3), (3, 2, 3, 2, 3, 2)),
        ("Vi träffas, men vi vet inte alltid vad vi har bestämt.",),
    ),
    (
        -30,
        ((4, 4, 4, 4, 4, 3), (3, 4, 3, 4, 4, 2), (4, 3, 4, 4, 3, 3), (4, 4, 3, 4, 4, 3), (3, 4, 4, 3, 4, 2),
         (4, 4, 4, 5, 4, 3), (4, 3, 3, 4, 5, 3), (4, 4, 4, 4, 4, 3)),
        ("Nu kommer vi tillbaka till det vi lovade sist.", "Ansvaret hamnar fortfarande hos samma två."),
    ),
)  # fmt: skip
"""How many days ago, what each in the group answers to the six, and their free lines."""


def share(demo: Demo) -> None:
    """Wishes answered and shared, ideas, a template, self-evaluations, mails, and what regions count."""
    with working_as("web"):
        _answer_and_share_wishes(demo)
        _share_ideas(demo)
        with transaction.atomic(), scope(demo.municipalities[held.PLACE].pk):
            of = Dialogue.in_scope().get(title=held.TITLE)
            template_make(dialogue=of, title="Ungas fritid", reach=Reach.MEMBERS, by=demo.people["Alma"])
        for days, answers, lines in SELF_EVALUATIONS:
            with as_of(days_from_now(days)), transaction.atomic(), scope(demo.municipalities[held.PLACE].pk):
                _evaluate(demo, answers, lines)
    for tenant in demo.municipalities.values():
        _mail_and_count(tenant)


def _answer_and_share_wishes(demo: Demo) -> None:
    for code, text in WISHES.items():
        with as_of(days_from_now(-9)), transaction.atomic(), scope(demo.municipalities[code].pk):
            wish_share(note=Note.in_scope().get(text=text), text=SHARED_WISHES[code], by=demo.first_in(code))
    with as_of(days_from_now(-8)), transaction.atomic(), scope(demo.municipalities[held.PLACE].pk):
        note, dataset = Note.in_scope().get(text=ANSWERED), Dataset.objects.own().get(title=ANSWERED_BY)
        wish_answer(note=note, dataset=dataset, line=ANSWER_LINE, by=demo.people["Dag"])


def _share_ideas(demo: Demo) -> None:
    ideas = []
    for code, described in IDEAS:
        by = demo.first_in(code)
        with as_of(days_from_now(-40)), transaction.atomic(), scope(demo.municipalities[code].pk):
            idea = idea_add(by=by, **described)
            idea_share(idea=idea, reach=Reach.MEMBERS, by=by)
            ideas.append(idea)
    tried = as_of(days_from_now(-7))
    with tried, transaction.atomic(), scope(demo.municipalities[neighbour.PLACE].pk):
        trial_tell(
            idea=ideas[0], method="", outcome=IdeaTrial.Outcome.PARTLY, text=TRIED, reach=Reach.MEMBERS,
            by=demo.people["Bo"],
        )  # fmt: skip
    with as_of(days_from_now(-20)), transaction.atomic(), scope(demo.municipalities[held.PLACE].pk):
        trial_tell(
            idea=None, method=METHOD, outcome=IdeaTrial.Outcome.HELPED, text=METHOD_TRIED, reach=Reach.MEMBERS,
            by=demo.people["Alma"],
        )  # fmt: skip


def _evaluate(demo: Demo, answers: tuple[tuple[int, ...], ...], lines: tuple[str, ...]) -> SelfEvaluation:
    """Open, answer and close one; free lines come with the first answers."""
    today = timezone.localdate()
    season = "Våren" if today.month < 7 else "Hösten"
    by = demo.people["Alma"]
    evaluation = self_evaluation_open(title=f"{season} {today.year}", members=MEMBERS, by=by)
    for number, given in enumerate(answers):
        line = lines[number] if number < len(lines) else ""
        self_evaluation_answer(evaluation=evaluation, answers=given, line=line)
    self_evaluation_close(evaluation=evaluation, by=by)
    return evaluation


def _mail_and_count(tenant: Tenant) -> None:
    """What beat asks for: mails about the steps, and counts for the region; as the role `worker`."""
    with transaction.atomic(), scope(tenant.pk):
        steps_mail(days_from_now(-1))
        dialogues_count()

"""The demo's activities, the plan that they stand in, and what the board is told of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Tenant, User
from datasets.models import Dataset
from dialogues.activities.indicators import drawn_over_time, first_view
from dialogues.models import ActionPlan, ActionPlanEntry, Activity, NextStep
from dialogues.plans.briefs import brief_begin, brief_change
from dialogues.services.activities import (
    activity_add,
    activity_change,
    activity_move,
    indicator_add,
    indicator_aim,
)
from dialogues.services.plans import entry_put, plan_adopt, plan_change, plan_create
from portal.demo.clock import as_of, days_from_now
from portal.demo.dialogues.held import PLACE, STEPS
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope

LONGER = "Fritidsgården Eken har öppet längre"
LONGER_SINCE = date(2024, 12, 2)
"""The demo's figures end with 2025, whenever it is made, and turn in that year."""
LONGER_IS: dict[str, Any] = {
    "kind": "promoting",
    "goal": "Fler ska ha någonstans att vara på kvällen, tillsammans med andra.",
    "for_whom": "Alla mellan 15 och 24 år, mest de som inte är med i någon förening",
    "resources_volume": "Två ledare, sex timmar mer i veckan. 310 000 kronor om året.",
    "resources_quality": "Ledare som unga känner, i ett hus mitt i stan, när annat är stängt.",
    "what_is_done": "Gården har öppet till klockan 22 i stället för 20, fem kvällar i veckan.",
    "what_differs": "Unga bestämmer vad kvällarna innehåller. Skolans fältgrupp är där på torsdagar.",
    "effect": "Fler kommer, stannar längre och har någon att prata med.",
    "effect_where": "På torget, i gymnasiet dagen efter, och hos socialtjänsten",
    "effect_when": "Besöken inom en termin, resten inom två till tre år",
    "signs": "Unga tar med sig andra. Färre driver runt på torget. Någon frågar efter sin ledare.",
    "overall_goal": "Unga i Ekstavik har en fritid de trivs med.",
    "participation": "Ungdomsrådet var med och valde tiderna. Sex unga är betalda värdar på fredagar.",
    "carried_on_by": "Kultur och fritid har kvällarna i sin budget från nästa år.",
    "theme": "leisure",
    "factors": ["leisure", "meeting_places", "belonging"],
    "starts_on": LONGER_SINCE,
}
EVENING = "Öppen kväll för den som är över 20"
EVENING_IS: dict[str, Any] = {
    "kind": "promoting",
    "goal": "Den som har slutat skolan ska ha någonstans att gå.",
    "for_whom": "Unga mellan 20 och 25 år",
    "what_is_done": "Onsdagar klockan 18–22 på gården, en termin på prov.",
    "what_differs": "Inga aktiviteter är bestämda. Kaffe, soffa, och en vuxen som har tid.",
    "effect": "Unga vuxna hittar dit, och till varandra.",
    "effect_where": "På arbetsmarknadsenheten och hos ungdomsmottagningen",
    "effect_when": "Om ett år vet vi om de kommer tillbaka",
    "overall_goal": "Ingen försvinner när skolan är slut.",
    "participation": "Två unga över 20 planerar kvällarna, och har betalt för det.",
    "theme": "leaving_school",
    "factors": ["meeting_places", "belonging", "transitions"],
}
MENTORS = "Mentorer det första året efter skolan"
MENTORS_IS: dict[str, Any] = {
    "kind": "preventing",
    "goal": "Alla som slutar gymnasiet utan en plan har en vuxen som hör av sig.",
    "for_whom": "Unga som slutar gymnasiet utan jobb eller studier",
    "theme": "leaving_school",
    "factors": ["transitions", "someone_to_turn_to"],
}
INDICATOR = "Besök på fritidsgården"
SINCE, AIM_YEAR, MORE = "2023", "2027", 1.5
"""The year before it began, when to look, and how much more is aimed at: half as much again."""

AREAS = ("En fritid för alla", "Efter skolan")
PLAN: dict[str, str] = {
    "about": "Det här gör kommunen tillsammans för att unga mellan 15 och 29 år ska må bra.",
    "long_goals": "Unga i Ekstavik har en fritid de trivs med.\nIngen försvinner när skolan är slut.",
    "short_goals": "Gården har öppet fem kvällar i veckan.",
    "areas": "\n".join(AREAS),
    "participation": "Ungdomsrådet har läst två utkast. Femton unga var med på en verkstad om målen.",
}
MORE_GOALS = (
    "\nEn öppen kväll för unga över 20 har provats en termin.\nSkolan och socialtjänsten har en gemensam lista."
)
FIRST_LINE = "Den första planen, antagen av kommunfullmäktige."
SECOND_LINE = "Efter årets dialog: mer för den som har slutat skolan."
TO_DECIDE = (
    "Att öppna en kväll i veckan för unga över 20 under ett år.\n"
    "Att nämnden får en rapport om hur det gick när terminen är slut."
)


def follow_up(demo: Demo) -> None:
    """Three activities, a plan that was revised once, and a brief; after the dialogue that led to them."""
    tenant, alma = demo.municipalities[PLACE], demo.people["Alma"]
    adopted = timezone.localdate() - timedelta(days=320)
    with working_as("web"):
        with as_of(days_from_now(-330)), transaction.atomic(), scope(tenant.pk):
            longer = _begin(LONGER, demo.people["Fia"], alma, LONGER_IS)
            _follow(longer, tenant, alma)
            plan = plan_create(title="Unga mår bra i Ekstavik", period=_years(adopted), by=alma)
            plan_change(plan=plan, by=alma, **PLAN)
            _put(plan, longer, AREAS[0], alma, is_ongoing=True)
            plan_adopt(plan=plan, adopted_on=adopted, line=FIRST_LINE, by=alma)
        with as_of(days_from_now(-5)), transaction.atomic(), scope(tenant.pk):
            step = NextStep.in_scope().get(text=STEPS[0].text)
            evening = _begin(EVENING, alma, alma, EVENING_IS, step=step)
            mentors = activity_add(title=MENTORS, by=alma, responsible=demo.people["Omar"])
            activity_change(activity=mentors, by=alma, **MENTORS_IS)
            plan_change(plan=plan, by=alma, short_goals=PLAN["short_goals"] + MORE_GOALS)
            for activity in (evening, mentors):
                _put(plan, activity, AREAS[1], alma)
            plan.refresh_from_db()
            plan_adopt(plan=plan, adopted_on=timezone.localdate(), line=SECOND_LINE, by=alma)
        with as_of(days_from_now(-2)), transaction.atomic(), scope(tenant.pk):
            _tell_the_board(alma)


def _begin(
    title: str, responsible: User, by: User, described: dict[str, Any], step: NextStep | None = None
) -> Activity:
    activity = activity_add(title=title, by=by, responsible=responsible, step=step)
    activity_change(activity=activity, by=by, **described)
    activity_move(activity=activity, to=Activity.State.ONGOING, by=by)
    activity.refresh_from_db()
    return activity


def _follow(activity: Activity, tenant: Tenant, by: User) -> None:
    """By the visits of those over 20, who are fewest, since before it began."""
    dataset = Dataset.objects.own().get(title=INDICATOR)
    indicator = indicator_add(activity=activity, dataset=dataset, view=first_view(dataset, tenant.code), by=by)
    spec = drawn_over_time(dataset, first_view(dataset, tenant.code), "sv")
    line = spec.series[-1]
    at = [place.code for place in spec.x.places].index(SINCE)
    before = line.points[at].value
    target = round(before * MORE, -2) if before is not None else None
    indicator_aim(
        indicator=indicator, by=by, line=line.key, baseline_period=SINCE, target=target, target_period=AIM_YEAR
    )


def _put(plan: ActionPlan, activity: Activity, area: str, by: User, *, is_ongoing: bool = False) -> None:
    place = ActionPlanEntry.Place.ONGOING if is_ongoing else ActionPlanEntry.Place.PRIORITISED
    entry_put(plan=plan, activity=activity, place=place, area=area, by=by)


def _tell_the_board(by: User) -> None:
    brief = brief_begin(
        title="Ungas fritid: vad vi vet och vad vi vill",
        board="Kultur- och fritidsnämnden",
        membership=Membership.in_scope().get(user=by),
        lang="sv",
        by=by,
    )
    brief_change(brief=brief, by=by, to_decide=TO_DECIDE)


def _years(since: date) -> str:
    """Three calendar years: the one that most of the first year after the decision lies in, and two more."""
    first = (since + timedelta(days=182)).year
    return f"{first}–{first + 2}"

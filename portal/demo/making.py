"""The demo from nothing to a held dialogue, in the order in which a region would come to it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from portal.audit.recording import record
from portal.demo.dialogues import hold_dialogues
from portal.demo.figures import publish_local_data
from portal.demo.joint import hold_joint_round, publish_joint_round
from portal.demo.knowledge import gather_knowledge
from portal.demo.package import ask_for_base_package
from portal.demo.people import Demo, make_tenants_and_people
from portal.demo.questionnaires import draw_up_questionnaires
from portal.demo.reporting import report_back
from portal.demo.roles import working_as
from portal.demo.rounds import do_waiting_jobs, hold_rounds
from portal.tenancy.scope import scope

MADE = "demo.made"
"""The log's entry that says the demo is whole."""


def make_demo(say: Callable[[str], object]) -> Demo:
    """Make everything; `say` is told what has been done. The process works as `worker` beside `web`."""
    with working_as("web"):
        demo = make_tenants_and_people()
    say(f"{len(demo.people)} people in {len(demo.tenants)} fictional tenants")
    say(f"{publish_local_data(demo)} local data sets")
    say(f"{ask_for_base_package(demo)} indicators of the base package asked for")
    say(f"{len(draw_up_questionnaires(demo).definition['questions'])} questions in a draft built on the region's")
    rounds = [*hold_rounds(demo), hold_joint_round(demo)]
    say(f"{sum(found.response_count or 0 for found in rounds)} simulated answers in {len(rounds)} rounds")
    say(f"{do_waiting_jobs()} jobs")
    say(gather_knowledge(demo))
    publish_joint_round(demo, rounds[-1])
    hold_dialogues(demo)
    say(f"two dialogues that were held and two to come, with what came of them, and {do_waiting_jobs()} jobs")
    say(f"a report on {report_back(demo).title}")
    with working_as("web"), transaction.atomic(), scope(demo.region.pk):
        record(MADE)
    return demo

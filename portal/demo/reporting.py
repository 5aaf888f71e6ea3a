"""The demo's report on its first round: what young people said, what came of it, and what they propose."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dialogues.models import NextStep
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope
from surveys.models import Proposal, SurveyRound
from surveys.reporting_back.content import Content, FindingTold, NoTold, Promise, Standing, StepTold
from surveys.services.proposals import proposal_answer, proposal_submit
from surveys.services.publishing import survey_round_publish
from surveys.services.reporting_back import report_begun, report_publish, report_save
from surveys.states import ProposalState

PLACE = "9901"
NAMESPACE = UUID("7b1c5c1e-2f5f-4b0e-9a53-9d7a1f2c8a31")
LEAD = {
    "sv": "Tack för att du svarade. Så här säger ni tillsammans, och det här gör vi av det.",
    "en": "Thank you for answering. This is what you say together, and what we do about it.",
}
TALKED = {
    "sv": "Vi är tio personer från skola, fritid, socialtjänst och polis. Vi satt ner i nittio minuter och "
    "tittade på era svar. Vi såg att fritiden betyder mycket, och att vi når för få som har slutat skolan.",
    "en": "We are ten people from school, leisure, social services and the police. We sat down for ninety minutes "
    "with your answers. We saw that leisure means much, and that we reach too few who have left school.",
}
STEPS = (
    (
        "Prova en öppen kväll för unga över 20 på gården",
        Standing.GOING_ON,
        {
            "sv": "Vi provar en öppen kväll i veckan på gården för dig som är över 20.",
            "en": "We try an open evening a week at the youth centre for those over 20.",
        },
    ),
    (
        "Fråga ungdomsrådet vad de vill veta mer om",
        Standing.DONE,
        {
            "sv": "Vi har frågat ungdomsrådet vad de vill veta mer om.",
            "en": "We have asked the youth council what they want to know more about.",
        },
    ),
)
PROMISE = {
    "sv": "Vi berättar här hur det gick med kvällarna.",
    "en": "We tell you here how the evenings went.",
}
NO = NoTold(
    {"sv": "Gården har inte öppet på nätterna.", "en": "The youth centre is not open at night."},
    {
        "sv": "Pengarna räcker till en kväll till, inte till nätter.",
        "en": "There is money for one more evening, not for nights.",
    },
)
PROPOSALS: tuple[tuple[str, ProposalState | None, dict[str, str]], ...] = (
    ("Fråga om hur vi tar oss hem på kvällen", ProposalState.TAKEN_IN, {"sv": "Den är med i nästa enkät."}),
    ("Fråga mindre om skolan", ProposalState.NOT_TAKEN, {"sv": "De frågorna ställs lika i hela länet."}),
    ("Fråga om sommarjobb", None, {}),
)


def report_back(demo: Demo) -> SurveyRound:
    """Publish the older round of the first municipality, tell what came of it, and answer proposals."""
    tenant = demo.municipalities[PLACE]
    alma, admin = demo.people["Alma"], demo.first_in(PLACE)
    with working_as("web"), transaction.atomic(), scope(tenant.pk):
        first = SurveyRound.objects.own().filter(tabulated_at__isnull=False).order_by("closed_at")[:1].get()
        first = survey_round_publish(survey_round=first, by=admin)
        report_save(survey_round=first, content=_content(first), by=alma)
        report_publish(survey_round=first, what_is_new={}, by=admin)
    for text, _to, _reason in PROPOSALS:
        proposal_submit(round_id=first.pk, number=uuid5(NAMESPACE, text), text=text)
    with working_as("web"), transaction.atomic(), scope(tenant.pk):
        for text, to, reason in PROPOSALS:
            if to is not None:
                proposal = Proposal.objects.own().get(pk=uuid5(NAMESPACE, text))
                proposal_answer(proposal=proposal, to=to, reason=reason, by=alma)
    return first


def _content(survey_round: SurveyRound) -> Content:
    begun = report_begun(survey_round=survey_round)
    due = timezone.localdate() + timedelta(days=100)
    origins = dict(NextStep.in_scope().filter(text__in=[text for text, *_rest in STEPS]).values_list("text", "pk"))
    return Content(
        lead=LEAD,
        findings=tuple(FindingTold(one.key, one.words) for one in begun.findings),
        dialogues=TALKED,
        steps=tuple(
            StepTold(words, standing.value, origin=str(origins.get(text, ""))) for text, standing, words in STEPS
        ),
        promise=Promise(PROMISE, due.isoformat()),
        noes=(NO,),
    )

"""A joint round's figures for each municipality: itself beside the whole, and for nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from accounts.models import Tenant
from datasets.disclosure import AggregationRule
from datasets.models import Release
from datasets.services.releases import NamedTable, release_publish
from portal.tenancy.scope import scope
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.models import JointInvitation, SurveyRound
from surveys.results.own_part import origin_of, part_of
from surveys.services.describing import round_dataset_register
from surveys.states import JointState

NamedTables = Sequence[NamedTable]


def joint_round_release(
    *,
    survey_round: SurveyRound,
    tables: NamedTables,
    owned: Mapping[str, NamedTables],
    rule: AggregationRule,
    together: Sequence[Release],
) -> None:
    """A data set for each municipality that takes part, of the region's and readable by that municipality alone.

    Its tables are parts of those that are protected and released here, so they tell nothing new. `owned` are by
    municipality the tables of its own questions: a data set of its own, that nobody else reads. In the caller's
    transaction and the region's scope.
    """
    released, mine = list(together), _beside_the_whole(survey_round, tables)
    taking = JointInvitation.objects.own().filter(round=survey_round, state=JointState.TAKES_PART)
    for invitation in taking.select_related("municipality").order_by("municipality__code"):
        place = invitation.municipality
        own = [(code, title, part_of(cube, place.slug)) for code, title, cube in mine]
        if own:
            dataset = round_dataset_register(
                survey_round=survey_round,
                questions=survey_round.told,
                rule=rule,
                title={
                    "sv": f"{place.name} och hela omgången: {survey_round.title}",
                    "en": f"{place.name} and the whole round: {survey_round.title}",
                },
                origin_ref=origin_of(survey_round.pk, place),
                audience_id=place.pk,
            )
            released.append(release_publish(dataset=dataset, tables=own, rule=rule, by=None, together=released))
        if answers := owned.get(place.slug):
            _release_owned(survey_round, place, answers, rule, released)


def _release_owned(
    survey_round: SurveyRound,
    place: Tenant,
    tables: NamedTables,
    rule: AggregationRule,
    released: list[Release],
) -> None:
    """What a municipality's own questions gave, as its own data set: the region's people have none of it."""
    questions = [
        question
        for section in survey_round.version.told.sections
        if survey_round.own_sections.get(section.code) == place.slug
        for question in section.questions
    ]
    with scope(place.pk):
        dataset = round_dataset_register(
            survey_round=survey_round,
            questions=questions,
            rule=rule,
            title={
                "sv": f"Egna frågor i {survey_round.title}",
                "en": f"Our own questions in {survey_round.title}",
            },
            origin_ref=origin_of(survey_round.pk, place, is_owned=True),
        )
        released.append(release_publish(dataset=dataset, tables=tables, rule=rule, by=None, together=released))


def _beside_the_whole(survey_round: SurveyRound, tables: NamedTables) -> NamedTables:
    """Each question by municipality where that is shown, else of everyone; no other breakdowns."""
    shown = {code for code, _title, _cube in tables}
    wanted = {MUNICIPALITY}
    for question in survey_round.told:
        if not question.is_background:
            apart = f"{question.code}.{MUNICIPALITY}"
            wanted.add(apart if apart in shown else question.code)
    return [table for table in tables if table[0] in wanted]

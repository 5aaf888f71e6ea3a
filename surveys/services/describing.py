"""A round's results as data sets: what is said of them, the same for all of a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from datasets.cubes import LocalText
from datasets.disclosure import AggregationRule
from datasets.models import Dataset
from datasets.services.registration import dataset_register
from surveys.models import SurveyRound
from surveys.questionnaire import Question


def round_dataset_register(
    *,
    survey_round: SurveyRound,
    questions: Iterable[Question],
    rule: AggregationRule,
    title: LocalText,
    origin_ref: str = "",
    audience_id: UUID | None = None,
    is_alone: bool = True,
) -> Dataset:
    """Register a data set about some of a round's questions, for the round's own tenant unless told otherwise.

    Where it does not count the round's people alone (`is_alone`), its people are its own in the ledger.
    """
    counted = [question for question in questions if question.is_told]
    return dataset_register(
        by=None,
        rule=rule,
        origin=Dataset.Origin.SURVEY,
        origin_ref=origin_ref or str(survey_round.pk),
        audience_id=audience_id,
        population=survey_round.pk if is_alone else None,
        title=title["sv"][:200],
        title_en=title["en"][:200],
        source=f"{survey_round.tenant.official_name}, {survey_round.title}",
        measures=Counter(str(question.measures) for question in counted).most_common(1)[0][0],
        fit_for=[Dataset.FitFor.MEASURE, Dataset.FitFor.EXPLORE],
        factors=sorted({factor for question in counted for factor in question.factors}),
        unit="personer",
        unit_en="people",
        definition="Så många som valde varje svar, av dem som besvarade frågan i omgången.",
        definition_en="How many chose each answer, out of those who answered the question in the round.",
        polarity=Dataset.Polarity.NONE,
        is_synthetic=survey_round.tenant.is_demo,
    )

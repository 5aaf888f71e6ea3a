"""A round's own rule as disclosure control knows it."""

from __future__ import annotations

from dataclasses import replace

from datasets.disclosure import AggregationRule, Sensitivity
from surveys.models import SurveyRound


def rule_of(survey_round: SurveyRound) -> AggregationRule:
    """From how few people anything of a round is shown; groups that are all alike are protected too."""
    threshold, base = int(survey_round.rule["threshold"]), int(survey_round.rule["base"])
    usual = AggregationRule.default(Sensitivity.INTERNAL)
    return replace(usual, k=threshold, share_base=base, mean_base=base, tau=threshold)

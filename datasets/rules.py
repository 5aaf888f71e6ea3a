"""Under which rule a file comes in: its data set's, or the usual one of a sensitivity, made stricter as chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from datasets.content.ready_forms import ReadyForm
from datasets.disclosure import AggregationRule, Sensitivity, Zeros
from datasets.models import Upload

CHOSEN = ("k", "share_base", "zeros", "guard")
"""What may be chosen for a file, always towards the stricter; kept with its registration."""

GUARDS: Mapping[str, tuple[bool, bool]] = {
    "readers": (False, False),
    "insider": (True, False),
    "interval": (True, True),
}
"""Whom hidden figures are kept from: `insider` and `interval` of a rule, in steps that each hide more."""


def rule_of(upload: Upload) -> AggregationRule:
    """The rule that a file comes in under, with what was chosen for it so far."""
    return stricter(least_rule(upload, upload.registration), upload.registration)


def chosen_rule(registration: Mapping[str, Any]) -> AggregationRule:
    """The usual rule of a sensitivity, made stricter where that was asked for."""
    return stricter(usual_rule(registration), registration)


def least_rule(upload: Upload, registration: Mapping[str, Any]) -> AggregationRule:
    """The loosest rule that a file may come in under: its data set's, else that of the sensitivity chosen."""
    if upload.dataset is not None:
        return AggregationRule.from_json(upload.dataset.rule)
    return usual_rule(registration)


def usual_rule(registration: Mapping[str, Any]) -> AggregationRule:
    """The usual rule of the sensitivity that is chosen so far."""
    return AggregationRule.default(Sensitivity[str(registration.get("sensitivity") or "internal").upper()])


def suggested_rule(form: ReadyForm, sensitivity: str) -> AggregationRule:
    """The usual rule of a sensitivity, made stricter where a ready form says so."""
    return chosen_rule({"sensitivity": sensitivity, "k": form.rule.k, "share_base": form.rule.share_base})


def stricter(least: AggregationRule, chosen: Mapping[str, Any]) -> AggregationRule:
    """A rule with what was chosen, as far as that hides more. Open data stays open."""
    if least.hides_nothing:
        return least
    zeros, order = str(chosen.get("zeros") or least.zeros), list(Zeros)
    insider, interval = GUARDS.get(str(chosen.get("guard")), GUARDS["readers"])
    return replace(
        least,
        k=max(least.k, int(chosen.get("k") or 0)),
        share_base=max(least.share_base, int(chosen.get("share_base") or 0)),
        zeros=max(least.zeros, Zeros(zeros) if zeros in order else least.zeros, key=order.index),
        insider=least.insider or insider,
        interval=least.interval or interval,
    )


def guard_of(rule: AggregationRule) -> str:
    """Whom a rule keeps hidden figures from, as a key of GUARDS."""
    return next(name for name in reversed(list(GUARDS)) if GUARDS[name] <= (rule.insider, rule.interval))

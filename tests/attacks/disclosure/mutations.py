"""The mutations: each broken step of the engine, with the check that must notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from datasets.disclosure import Zeros
from datasets.disclosure.auditing.attacker import Knowledge
from tests.attacks.disclosure import breaking, breaking_outcome, checks, core_checks, demand_checks, rule_checks
from tests.attacks.disclosure.breaking import Break


@dataclass(frozen=True)
class Mutation:
    """One broken step, and the check that must notice."""

    name: str
    check: Callable[[], None]
    apply: Callable[[Break], None]


MUTATIONS: tuple[Mutation, ...] = (
    Mutation("no threshold", rule_checks.small_counts_are_hidden, breaking.primary_under(k=lambda rule: 0)),
    Mutation(
        "k is one less", rule_checks.small_counts_are_hidden, breaking.primary_under(k=lambda rule: rule.k - 1)
    ),
    Mutation(
        "k is one more", rule_checks.small_counts_are_hidden, breaking.primary_under(k=lambda rule: rule.k + 1)
    ),
    Mutation(
        "noughts are no secret",
        rule_checks.noughts_are_hidden_where_they_are_secret,
        breaking.primary_under(zeros=lambda rule: Zeros.SECONDARY),
    ),
    Mutation("no base", rule_checks.shares_of_few_are_hidden, breaking.primary_under(share_base=lambda rule: 0)),
    Mutation(
        "base is one less",
        rule_checks.shares_of_few_are_hidden,
        breaking.primary_under(share_base=lambda r: r.share_base - 1),
    ),
    Mutation("left out counts in the base", rule_checks.shares_of_few_are_hidden, breaking.nothing_left_out),
    Mutation("the base itself is told", rule_checks.shares_of_few_are_hidden, breaking.primary_less("base")),
    Mutation(
        "no tau", rule_checks.groups_that_are_all_alike_are_hidden, breaking.primary_under(tau=lambda rule: 0)
    ),
    Mutation(
        "tau is one less",
        rule_checks.groups_that_are_all_alike_are_hidden,
        breaking.primary_under(tau=lambda r: r.tau - 1),
    ),
    Mutation("all of a group", rule_checks.groups_that_are_all_alike_are_hidden, breaking.primary_less("lacking")),
    Mutation("none of a group", rule_checks.groups_that_are_all_alike_are_hidden, breaking.primary_less("having")),
    Mutation(
        "as many dimensions as you like",
        rule_checks.tables_of_too_many_dimensions_are_refused,
        lambda engine: engine.step("assembling.check_crossing", lambda real, *given: None),
    ),
    Mutation("a margin is forgotten", checks.one_table_gives_nothing_away, breaking.no_total),
    Mutation(
        "counties are forgotten",
        rule_checks.counties_are_sums_of_their_places,
        breaking.counties_forgotten,
    ),
    Mutation(
        "an undeclared total is not seen",
        rule_checks.sums_that_nobody_declared_are_known,
        lambda engine: engine.step("tables.axes._total_in_figures", lambda real, *given: None),
    ),
    Mutation(
        "undeclared counties are not seen",
        rule_checks.sums_that_nobody_declared_are_known,
        lambda engine: engine.step("tables.axes._parts_in_figures", lambda real, *given: {}),
    ),
    Mutation(
        "what can be added up is not",
        rule_checks.sums_that_nobody_declared_are_known,
        lambda engine: engine.step(
            "tables.axes.axis_of",
            lambda real, cube, d, *more, **named: real(cube, replace(d, summable=False), *more, **named),
        ),
    ),
    Mutation(
        "linked tables are forgotten", checks.tables_of_the_same_people_give_nothing_away, breaking.tables_apart
    ),
    Mutation(
        "what ties tables is forgotten",
        checks.tables_of_the_same_people_give_nothing_away,
        breaking.ties_forgotten,
    ),
    Mutation(
        "rings are left open",
        checks.tables_of_the_same_people_give_nothing_away,
        lambda engine: engine.step("tables.frames._close_rings", lambda real, frames, own: frames),
    ),
    Mutation(
        "options are different people",
        checks.the_options_of_a_question_give_nothing_away,
        breaking.repeats_forgotten,
    ),
    Mutation(
        "no elimination",
        core_checks.elimination_leaves_no_sum_that_tells,
        breaking.core_hides(lambda system, secondary: np.zeros_like(secondary)),
    ),
    Mutation(
        "one secondary too few",
        core_checks.elimination_leaves_no_sum_that_tells,
        breaking.core_hides(breaking.first_open_again),
    ),
    Mutation(
        "one secondary too many",
        core_checks.elimination_hides_nothing_in_vain,
        breaking.core_hides(lambda system, secondary: system.candidates),
    ),
    Mutation(
        "zeros are ignored",
        core_checks.elimination_knows_that_a_sum_of_nobody_is_nobody,
        breaking.core_given(breaking.without_zeros),
    ),
    Mutation(
        "elimination forgets ties",
        core_checks.elimination_takes_in_what_ties_tables,
        breaking.core_given(breaking.without_ties),
    ),
    Mutation(
        "what is out is ignored",
        core_checks.elimination_says_what_is_revealed_already,
        breaking.core_given(breaking.without_forced),
    ),
    Mutation("no audit", checks.one_table_gives_nothing_away, breaking_outcome.audit_content),
    Mutation(
        "no audit for one who knows that hidden is at least one",
        checks.one_who_knows_that_hidden_is_at_least_one_learns_nothing,
        breaking_outcome.audit_given(knowledge=Knowledge()),
    ),
    Mutation(
        "zeros are hidden where all are shown",
        checks.one_who_knows_that_hidden_is_at_least_one_learns_nothing,
        lambda engine: engine.step("engine._with_shown_zeros", lambda real, system, zeros: system),
    ),
    Mutation("no repair", checks.little_more_is_hidden_than_must_be, breaking_outcome.no_repair),
    Mutation(
        "no repair, and no hiding of whole rows",
        checks.little_more_is_hidden_than_must_be,
        breaking_outcome.no_repair_at_all,
    ),
    Mutation("whole rows at once", checks.little_more_is_hidden_than_must_be, breaking_outcome.whole_rows_at_once),
    Mutation(
        "the ledger is forgotten", checks.a_later_table_gives_nothing_away, breaking_outcome.ledger_forgotten
    ),
    Mutation(
        "what is out is forgotten", checks.what_is_out_already_is_refused, breaking_outcome.ledger_less("forced")
    ),
    Mutation(
        "what was protected is forgotten",
        checks.what_was_protected_stays_so,
        breaking_outcome.ledger_less("protected"),
    ),
    Mutation(
        "late answers are no secret",
        checks.late_answers_stay_unknown,
        breaking_outcome.ledger_of_small_differences_forgotten,
    ),
    Mutation(
        "secondaries are shown",
        checks.one_table_gives_nothing_away,
        breaking_outcome.sealed_with(lambda hidden, secret: (hidden & secret, secret)),
    ),
    Mutation(
        "hidden figures are left in",
        checks.every_hidden_cell_carries_one_sign,
        lambda engine: engine.step("sealing._without", lambda real, cube, *masks: cube),
    ),
    Mutation(
        "the steward's report for all",
        checks.what_is_told_depends_on_what_is_shown_alone,
        breaking_outcome.report_told_whole,
    ),
    Mutation("order shows through", checks.no_order_shows_through, breaking_outcome.in_order_of_arrival),
    Mutation(
        "noughts stay hidden under a nought",
        checks.an_empty_margin_has_nothing_hidden_under_it,
        breaking.core_given(breaking.without_zeros),
    ),
    Mutation("what is exposed passes", checks.the_certificate_says_what_was_tried, breaking_outcome.never_exposed),
    Mutation(
        "a repair is made and the audit not again",
        checks.the_certificate_says_what_was_tried,
        breaking_outcome.no_repair_at_all,
    ),
    Mutation(
        "elimination looks nothing up",
        core_checks.elimination_leaves_no_sum_that_tells,
        breaking_outcome.no_look_up,
    ),
    Mutation("the audit knows half", checks.one_table_gives_nothing_away, breaking_outcome.half_is_known),
    Mutation(
        "insiders are forgotten",
        demand_checks.one_who_took_part_learns_nothing,
        breaking_outcome.demanding(lambda demands: {"insider": False}),
    ),
    Mutation(
        "intervals are forgotten",
        demand_checks.secret_counts_lie_in_wide_intervals,
        breaking_outcome.demanding(lambda demands: {"width": 1}),
    ),
    Mutation(
        "intervals are one too narrow",
        demand_checks.secret_counts_lie_in_wide_intervals,
        breaking_outcome.demanding(lambda demands: {"width": demands.width - 1}),
    ),
    Mutation(
        "deep crossings are like others",
        demand_checks.deep_crossings_of_few_are_hidden,
        breaking.primary_under(deep_base=lambda rule: 0),
    ),
    Mutation(
        "the base of deep crossings is one less",
        demand_checks.deep_crossings_of_few_are_hidden,
        breaking.primary_under(deep_base=lambda rule: rule.deep_base - 1),
    ),
    Mutation(
        "the base of means is one less",
        demand_checks.means_of_few_or_of_nearly_one_are_hidden,
        breaking_outcome.means_under(mean_base=lambda rule: rule.mean_base - 1),
    ),
    Mutation(
        "nobody dominates",
        demand_checks.means_of_few_or_of_nearly_one_are_hidden,
        breaking_outcome.means_with("dominated", False),
    ),
    Mutation(
        "no mean is near the end",
        demand_checks.means_of_few_or_of_nearly_one_are_hidden,
        breaking_outcome.means_with("near_end", False),
    ),
    Mutation(
        "weights are not masked",
        demand_checks.weighted_shares_are_hidden_with_their_counts,
        breaking_outcome.weights_unmasked,
    ),
)

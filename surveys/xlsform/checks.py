"""What must hold between a form's questions, which pyxform does not look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..questionnaire.expressions import Call, Expression, Here, Operation, Text, as_number, names, walk
from ..questionnaire.reach import Asked, Reach, can_hold
from .ages import bands
from .structure import Group, Item, Structure
from .telling import N_, Place, Report
from .types import CHOSEN, Sort

CIRCLE = N_("%(names)s are worked out of one another in a circle. Let one of them be worked out of answers alone.")
LATER = N_(
    "The condition reads ${%(name)s}, which is asked later, on row %(row)s. Move that question above this one, or "
    "change the condition."
)
NEVER = N_(
    "Nobody can ever be asked this: the condition holds for no answers. Change the condition, or delete the row."
)
ALWAYS = N_(
    "The condition holds for everybody, whatever they answer. Take it away, or check that it says what you mean."
)
BEYOND = N_(
    "Only people outside the survey's ages, 15 to 29, would be asked this. They are thanked at once instead."
)
NO_ANSWER_FITS = N_("No answer meets the constraint, so nobody could answer. Change it.")
SIZE_OF_WORDS = N_(
    "The constraint compares words by size, which says nothing of a text. Make the question an "
    "integer, or limit its "
    "length with string-length(.)."
)
CHOICES_AS_WORDS = N_("The constraint uses %(function)s on answers that are chosen from a list. Take it away.")
NUMBER_AS_CHOICE = N_("The constraint compares a number with '%(value)s', which is no number. Write a number.")
NO_DOT = N_("The constraint does not read the answer itself. Write a dot where the answer belongs, such as . > 0.")

MOST_NAMED = 10
_ORDER = ("<", "<=", ">", ">=")
_OF_WORDS = frozenset({"regex", "string-length", "contains", "starts-with"})


def check_constraint(item: Item, constraint: Expression | None, report: Report) -> Expression | None:
    """The constraint, or None where it is of the wrong type for its question; told in the report."""
    if constraint is None:
        return None
    place = item.row.at("constraint")
    if not any(isinstance(node, Here) for node in walk(constraint)):
        report.warn(place, NO_DOT)
        return constraint
    before = len(report.errors)
    for node in walk(constraint):
        if isinstance(node, Operation) and Here() in (node.left, node.right):
            _check_comparison(item, node, place, report)
        elif (
            isinstance(node, Call)
            and item.sort in CHOSEN
            and node.function in _OF_WORDS
            and Here() in node.arguments
        ):
            report.refuse(place, CHOICES_AS_WORDS, function=node.function)
    if len(report.errors) > before:
        return None
    codes = tuple(answer.code for answer in item.answers) if item.sort in CHOSEN else None
    is_number = item.sort in (Sort.WHOLE, Sort.DECIMAL, Sort.RANGE)
    if any(told.place == place for told in report.errors):
        return None
    is_several, is_whole = item.sort is not Sort.SINGLE, item.sort is Sort.WHOLE
    if not can_hold(constraint, codes, is_several=is_several, is_number=is_number, is_whole=is_whole):
        report.refuse(place, NO_ANSWER_FITS)
    return constraint


def _check_comparison(item: Item, node: Operation, place: Place, report: Report) -> None:
    other = node.right if node.left == Here() else node.left
    if item.sort is Sort.TEXT and node.operator in _ORDER:
        report.refuse(place, SIZE_OF_WORDS)
    is_number = item.sort in (Sort.WHOLE, Sort.DECIMAL, Sort.RANGE)
    if is_number and isinstance(other, Text) and other.value and as_number(other.value) != as_number(other.value):
        report.refuse(place, NUMBER_AS_CHOICE, value=other.value)


@dataclass(frozen=True)
class Conditioned:
    """A form's expressions in our codes: what shows questions and parts, what is worked out, what answers hold."""

    show: Mapping[str, Expression | None]
    parts: Mapping[str, Expression | None]
    calculations: Mapping[str, Expression | None]
    constraints: Mapping[str, Expression | None]


def check_conditions(
    structure: Structure,
    conditioned: Conditioned,
    ages: Mapping[str, str],
    beyond: Collection[Place],
    report: Report,
) -> None:
    """Tell of circles, of conditions on later questions, and of questions that nobody or everybody is asked."""
    show, parts, calculations = conditioned.show, conditioned.parts, conditioned.calculations
    items = {item.code: item for item in structure}
    in_circles = _check_circles(items, calculations, report)
    positions = {code: number for number, code in enumerate(items)}
    inputs = _inputs(calculations, positions)
    asked: dict[str, Asked] = {}
    for part in structure.parts:
        for item in part.items:
            if item.sort is Sort.CALCULATE and _is_refused(item, calculations.get(item.code), report):
                continue  # it is refused already, and nobody knows what hangs on it
            conditions = tuple(one for one in (parts[part.code], show[item.code]) if one is not None)
            asked[item.code] = _asked(item, positions[item.code], conditions, conditioned, ages)
    reach = Reach(asked)
    for part in structure.parts:
        first = positions[part.items[0].code]
        if (condition := parts[part.code]) is not None and not names(condition) & in_circles:
            place = _place_of(part.group)
            if _all_earlier(condition, first, positions, inputs, items, place, report):
                _check_reach(reach, [condition], place, beyond, report)
        for item in part.items:
            own = show[item.code]
            if own is None or names(own) & in_circles:
                continue
            place = item.row.at("relevant")
            if _all_earlier(own, positions[item.code], positions, inputs, items, place, report):
                around = parts[part.code]
                _check_reach(reach, [own] if around is None else [around, own], place, beyond, report)


def _is_refused(item: Item, calculation: Expression | None, report: Report) -> bool:
    return calculation is None or any(told.place == item.row.at("calculation") for told in report.errors)


def _place_of(group: Group | None) -> Place:
    """The innermost condition of the groups that a part lies in."""
    while group is not None and not group.row.get("relevant") and group.outer is not None:
        group = group.outer
    return group.row.at("relevant") if group is not None else Place()


def _check_reach(
    reach: Reach, conditions: list[Expression], place: Place, beyond: Collection[Place], report: Report
) -> None:
    if any(told.place == place for told in report.errors):
        return
    report.check_time()
    outcomes = reach.outcomes(conditions) or frozenset()
    if True not in outcomes and outcomes:
        if place in beyond:
            report.warn(place, BEYOND)
        else:
            report.refuse(place, NEVER)
    elif False not in (reach.outcomes(conditions[-1:]) or (False,)):
        report.warn(place, ALWAYS)


def _asked(
    item: Item,
    position: int,
    conditions: tuple[Expression, ...],
    conditioned: Conditioned,
    ages: Mapping[str, str],
) -> Asked:
    if item.name in ages:
        codes: tuple[str, ...] | None = tuple(band["code"] for band in bands(("en",)) if "outside" not in band)
    elif item.sort in CHOSEN:
        codes = tuple(answer.code for answer in item.answers) + (("other",) if item.type.or_other else ())
    else:
        codes = None
    is_number = item.sort in (Sort.WHOLE, Sort.DECIMAL, Sort.RANGE)
    return Asked(
        position,
        codes,
        item.sort is Sort.MULTIPLE,
        is_number,
        conditions,
        conditioned.calculations.get(item.code),
        conditioned.constraints.get(item.code) if is_number else None,
    )


def _all_earlier(
    condition: Expression,
    position: int,
    positions: Mapping[str, int],
    inputs: Mapping[str, str | None],
    items: Mapping[str, Item],
    place: Place,
    report: Report,
) -> bool:
    is_sound = True
    for name in sorted(names(condition)):
        needed = inputs.get(name, name)
        if needed is not None and positions.get(needed, -1) >= position:
            report.refuse(place, LATER, name=items[needed].name, row=items[needed].row.number)
            is_sound = False
    return is_sound


def _inputs(calculations: Mapping[str, Expression | None], order: Mapping[str, int]) -> dict[str, str | None]:
    """The last of the questions that each calculation hangs on in the end; None where it hangs on none.

    Circles are told elsewhere; here whatever lies on one stays without an end.
    """
    found: dict[str, str | None] = {}
    for first in calculations:
        waiting, begun = [first], set[str]()
        while waiting:
            code = waiting[-1]
            expression = calculations[code]
            read = names(expression) if expression is not None else frozenset()
            open_ones = [name for name in read if name in calculations and name not in found and name not in begun]
            begun.add(code)
            if open_ones:
                waiting.extend(open_ones)
                continue
            ends = [found.get(name) if name in calculations else name for name in read]
            found[code] = max(
                (name for name in ends if name is not None), key=lambda one: order.get(one, -1), default=None
            )
            waiting.pop()
    return found


def _check_circles(
    items: Mapping[str, Item], calculations: Mapping[str, Expression | None], report: Report
) -> frozenset[str]:
    """The calculations that lie on a circle; each circle is told once, at its first row."""
    found: set[str] = set()
    reads = {code: names(one) & calculations.keys() if one else frozenset() for code, one in calculations.items()}
    done: set[str] = set()
    order = {code: number for number, code in enumerate(items)}
    for code in calculations:
        circle = sorted(_circle(code, reads, done), key=lambda one: order[one])
        if circle:
            shown = ", ".join(items[one].name for one in circle[:MOST_NAMED]) + (
                " …" if len(circle) > MOST_NAMED else ""
            )
            report.refuse(items[circle[0]].row.at("calculation"), CIRCLE, names=shown)
        found |= set(circle)
    return frozenset(found)


def _circle(code: str, reads: Mapping[str, frozenset[str]], done: set[str]) -> list[str]:
    """The calculations on a circle that one leads to, in order; nothing where it leads to none.

    ``done`` are those that are known to lead to no circle that is not told; each is walked through once.
    """
    way: list[str] = []
    on_way: dict[str, int] = {}
    waiting: list[tuple[str, Iterator[str]]] = []
    following: str | None = code
    while True:
        if following is not None and following in on_way:
            done.update(way)
            return way[on_way[following] :]
        if following is not None and following not in done:
            on_way[following] = len(way)
            way.append(following)
            waiting.append((following, iter(sorted(reads.get(following, frozenset())))))
        if not waiting:
            return []
        following = next(waiting[-1][1], None)
        if following is None:
            last, _ = waiting.pop()
            way.pop()
            del on_way[last]
            done.add(last)

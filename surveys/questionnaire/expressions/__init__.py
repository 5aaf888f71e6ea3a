"""Expressions in XLSForm's own syntax: one language for show-if, constraints and calculations.

Read by a parser of our own, never by ``eval``; what is read can be evaluated over any answers without raising, in
time that the length of the expression bounds.
"""

from .evaluating import Value, as_bool, as_number, as_text, evaluate, score_key, truth
from .parsing import parse
from .spelling import as_json, number_text, spell
from .tree import (
    FUNCTIONS,
    Call,
    Expression,
    ExpressionError,
    Here,
    Negative,
    Number,
    Operation,
    Ref,
    Text,
    names,
    parts,
    scores,
    walk,
)

__all__ = [
    "FUNCTIONS",
    "Call",
    "Expression",
    "ExpressionError",
    "Here",
    "Negative",
    "Number",
    "Operation",
    "Ref",
    "Text",
    "Value",
    "as_bool",
    "as_json",
    "as_number",
    "as_text",
    "evaluate",
    "names",
    "number_text",
    "parse",
    "parts",
    "score_key",
    "scores",
    "spell",
    "truth",
    "walk",
]

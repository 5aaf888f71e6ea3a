"""Making the list of municipalities that are like one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from datasets.charts.comparing import MOST_LIKE
from datasets.errors import DatasetsError
from datasets.models import Likeness
from datasets.selectors.likeness import Candidate, candidates
from datasets.statistics import Neighbour, Variable, similar_places
from portal.audit.recording import record


@transaction.atomic
def likeness_make(
    *, tenant: Tenant, lang: str, by: User | None, weights: Mapping[str, int] | None = None
) -> Likeness:
    """Make the list anew from the newest open figures; `weights` by data set id, without them the default ones.

    Raises DatasetsError where there is nothing to compare by.
    """
    found = candidates(tenant, lang)
    variables = [_variable(one, weights) for one in found]
    places = sorted({code for one in found for code in one.found.values})
    names = {code: name for one in found for code, name in one.found.names.items()}
    if tenant.code not in places or not any(variable.weight for variable in variables):
        raise DatasetsError(
            _("Give at least one data set a weight. There must be open figures for you and seven others.")
        )
    values = np.array([[one.found.values.get(code, np.nan) for one in found] for code in places])
    like = similar_places(values, variables, places.index(tenant.code), most=MOST_LIKE)
    if not like.neighbours:
        raise DatasetsError(_("Nothing you chose has figures for you and seven others. Choose something else."))
    made, _is_new = Likeness.objects.update_or_create(
        tenant=tenant,
        defaults={
            "variables": [_kept(one, variable) for one, variable in zip(found, variables, strict=True)],
            "places": [_place(one, places, names) for one in like.neighbours],
            "left_out": list(like.left_out),
            "unknown": [names[places[place]] for place in like.unknown],
            "made_at": timezone.now(),
            "made_by": by,
        },
    )
    record("likeness.made", target=made, by=by, codes=", ".join(made.codes))
    return made


def _variable(candidate: Candidate, weights: Mapping[str, int] | None) -> Variable:
    key = str(candidate.dataset.pk)
    weight = candidate.default_weight if weights is None else weights.get(key, 0)
    return Variable(key, weight, candidate.found.is_count)


def _kept(candidate: Candidate, variable: Variable) -> dict[str, Any]:
    return {
        "key": variable.key,
        "title": candidate.dataset.title,
        "title_en": candidate.dataset.title_en,
        "weight": variable.weight,
        "is_log": variable.is_log,
        "time": candidate.found.time,
    }


def _place(one: Neighbour, places: list[str], names: Mapping[str, str]) -> dict[str, Any]:
    code = places[one.place]
    return {
        "code": code,
        "name": names[code],
        "distance": round(one.distance, 3),
        "word": one.word,
        "nearest": list(one.nearest[:3]),
        "furthest": None if one.furthest is None else [one.furthest[0], round(one.furthest[1], 2)],
        "missing": list(one.missing),
    }

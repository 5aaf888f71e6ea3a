"""The same as test_random_queries.py, through Django's models: by the scoped managers and around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import Error, models, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.tenancy.scope import scope
from portal.tenancy.walls import grants_of
from tests.attacks.tenants.conftest import Twins
from tests.attacks.tenants.rows import OWN_OF_A, OWN_OF_B, A, B, tenant_models
from tests.logins import django_on

Step = Callable[["QuerySet[Any]"], "QuerySet[Any]"]
End = Callable[["QuerySet[Any]"], Any]
READABLE = [model for model in tenant_models() if "SELECT" in grants_of(model).get("web", set())]
SECRETS = ["B own", "B own title", "B own name", "B", ""]


def paths(model: type[models.Model]) -> list[tuple[str, models.Field[Any, Any]]]:
    """Columns of a table and, one step away, of the tenants' tables that it refers to."""
    found = [(field.name, field) for field in model._meta.concrete_fields]
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model in READABLE:
            target: Any = field.related_model
            found += [(f"{field.name}__{each.name}", each) for each in target._meta.concrete_fields]
    return found


@st.composite
def conditions(draw: Callable[..., Any], model: type[models.Model]) -> Q:
    """A condition on one column, now and then turned round or joined with another."""
    path, field = draw(st.sampled_from(paths(model)))
    choices = [Q(**{f"{path}__isnull": draw(st.booleans())})]
    if isinstance(field, models.CharField | models.TextField):
        secret = draw(st.sampled_from(SECRETS))
        choices += [Q(**{f"{path}__{how}": secret}) for how in ("contains", "startswith", "gt", "iexact", "regex")]
    if isinstance(field, models.UUIDField | models.ForeignKey):
        choices += [Q(**{path: OWN_OF_B.key(model)}), Q(**{f"{path}__in": [A, B, OWN_OF_B.key(model)]})]
    if isinstance(field, models.IntegerField):
        choices.append(Q(**{f"{path}__gt": draw(st.integers(0, 30_000))}))
    condition = draw(st.sampled_from(choices))
    if draw(st.booleans()):
        condition = ~condition
    if draw(st.integers(0, 3)) == 0:
        condition |= draw(conditions(model))
    return condition


def start(model: Any, manager: str) -> QuerySet[Any]:
    return getattr(model, manager).all()


@st.composite
def steps(draw: Callable[..., Any], model: type[models.Model]) -> Step:
    """One thing done to a query set."""
    other: Any = draw(st.sampled_from(READABLE))
    condition = draw(conditions(model))
    joins = [f.name for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    in_other = other._base_manager.filter(tenant_id=OuterRef("tenant_id"))
    done: list[Step] = [
        lambda rows: rows.filter(condition),
        lambda rows: rows.exclude(condition),
        lambda rows: rows.select_related(*joins),
        lambda rows: rows.annotate(beside=Subquery(in_other.values("pk")[:1])),
        lambda rows: rows.filter(Exists(other._base_manager.exclude(tenant_id=A))),
        lambda rows: rows.filter(~Exists(other._base_manager.filter(tenant_id=B))),
        lambda rows: rows.annotate(among=Count("tenant__id"), most=Max("pk")),
        lambda rows: rows.filter(tenant_id__in=other._base_manager.values("tenant_id")),
        lambda rows: rows.order_by(*[F(name).desc() for name in ("tenant_id", "pk")]),
    ]
    return draw(st.sampled_from(done))


@st.composite
def ends(draw: Callable[..., Any], model: Any) -> End:
    """How the answer is asked for; what is written is undone."""
    other: Any = draw(st.sampled_from(READABLE))
    key = OWN_OF_B.key(model)
    asked: list[End] = [
        lambda rows: [row.__dict__ for row in rows],
        lambda rows: list(rows.values()),
        lambda rows: rows.count(),
        lambda rows: rows.aggregate(Count("pk"), Max("tenant_id")),
        lambda rows: list(rows.values_list("pk").union(other._base_manager.values_list("pk"))),
        lambda rows: list(other._base_manager.values_list("pk").difference(rows.values_list("pk"))),
        lambda rows: rows.filter(pk=key).exists(),
        lambda rows: rows.model._base_manager.get(pk=key).pk,
        lambda rows: model._base_manager.in_bulk([key, OWN_OF_A.key(model)]).keys(),
        lambda rows: list(rows.explain(analyze=False).split("(")[:1]),
        lambda rows: [row.pk for row in model._base_manager.raw(f'SELECT * FROM "{model._meta.db_table}"')],
        lambda rows: model._base_manager.filter(pk__in=rows.values("pk")).update(tenant_id=A),
        lambda rows: model._base_manager.filter(tenant_id=B)._raw_delete("default"),
    ]
    return draw(st.sampled_from(asked))


@st.composite
def questions(draw: Callable[..., Any]) -> Callable[[], Any]:
    model = draw(st.sampled_from(READABLE))
    manager = draw(st.sampled_from(["_base_manager", "objects"]))
    taken = draw(st.lists(steps(model), max_size=3))
    end = draw(ends(model))

    def ask() -> Any:
        rows = start(model, manager)
        for step in taken:
            rows = step(rows)
        return end(rows)

    return ask


def answer(url: str, question: Callable[[], Any]) -> str:
    """What A is told, as text without what differs between two objects that say the same."""
    with django_on(url), transaction.atomic(), scope(A):
        try:
            told = question()
        except (Error, models.ObjectDoesNotExist) as error:
            told = type(error).__name__
        finally:
            transaction.set_rollback(True)
    if isinstance(told, list):
        for row in told:
            if isinstance(row, dict):
                row.pop("_state", None)
        return str(sorted(map(repr, told)))
    return repr(told)


def test_no_query_through_models_can_tell_whether_b_has_rows(twins: Twins, django_db_blocker: Any) -> None:
    @settings(
        max_examples=150, deadline=None, derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    )  # fmt: skip
    @given(questions())
    def ask(question: Callable[[], Any]) -> None:
        told = answer(twins.url(twins.whole, "web"), question)
        assert told == answer(twins.url(twins.thin, "web"), question)
        assert OWN_OF_B.label not in told

    with django_db_blocker.unblock():
        ask()

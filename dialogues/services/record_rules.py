"""What a municipality decides about its records, and their deletion when its decision says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from dialogues.errors import DialogueError
from dialogues.models import Dialogue, RecordRules, RecordVersion
from dialogues.services.forgetting import dialogue_forget
from portal.audit.recording import record


@transaction.atomic
def record_rules_set(*, shows_names: bool, kept_years: int | None, decision: str, by: User) -> RecordRules:
    """Keep what was decided. Raises DialogueError for a time without the decision that allows it."""
    decision = decision.strip()[:200]
    if kept_years is not None and not decision:
        raise DialogueError(_("Name the decision: public documents are deleted by decision only."))
    rules, _is_new = RecordRules.objects.update_or_create(
        defaults={"shows_names": shows_names, "kept_years": kept_years, "decision": decision}
    )
    record("record_rules.set", target=rules, by=by, shows_names=shows_names, kept_years=kept_years)
    kept: RecordRules = rules
    return kept


@transaction.atomic
def records_forget(now: datetime) -> int:
    """Delete, in the tenant's scope, the records whose time is up, with every word and name behind them.

    The time runs from the newest version. Gives how many dialogues it was.
    """
    rules = RecordRules.in_scope().first()
    if rules is None or rules.kept_years is None:
        return 0
    try:
        before = now.replace(year=now.year - rules.kept_years)
    except ValueError:
        before = now.replace(year=now.year - rules.kept_years, day=28)
    newest = RecordVersion.in_scope().values("dialogue").annotate(last=Max("final_at")).order_by()
    due = [one["dialogue"] for one in newest if one["last"] < before]
    for dialogue in Dialogue.in_scope().filter(pk__in=due):
        dialogue_forget(dialogue=dialogue, now=now)
        record("record.deleted_by_decision", dialogue_id=str(dialogue.pk), years=rules.kept_years)
    return len(due)

"""Putting a small round together with the one before."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from surveys.services.pooling import pool_state_of, rounds_pool_ask
from surveys.views.common import RoundDeedView


class RoundPoolView(RoundDeedView):
    """Has both rounds counted together, once."""

    permission = "surveys.manage_round"

    def refusal(self) -> str:
        return pool_state_of(self.survey_round()).refusal

    def words(self) -> tuple[str, str, str]:
        before = self.survey_round().previous_round
        return (
            _("Put it together with “%(title)s”?") % {"title": before.title if before else ""},
            _(
                "Both rounds together can show groups that each alone is too small for. What either round hides"
                " stays hidden, so some figures are hidden here too. It can be done once: neither round can be put"
                " together with another afterwards. Only your own people see it until somebody opens it."
            ),
            _("Yes, put them together"),
        )

    def do(self, by: User) -> HttpResponse:
        rounds_pool_ask(survey_round=self.survey_round(), by=by)
        return self.done(_("They are being put together. The results page tells when it is done."))

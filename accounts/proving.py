"""Step-up: who gives or takes rights has proved within the last minutes who they are.

A session left open on a shared computer must not be enough to make somebody an administrator. allauth keeps when
its person signed in or proved it again; `ACCOUNT_REAUTHENTICATION_TIMEOUT` (seconds) says how long that counts.
"""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from portal.views import PortalView


def has_to_prove_themselves(request: HttpRequest) -> bool:
    """Whether too long has passed; people of the demo have nothing to prove it with."""
    user = cast(User, request.user)
    if settings.IS_DEMO and user.is_demo:
        return False
    earliest = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    if any(record["at"] > earliest for record in get_authentication_records(request, user)):
        return False
    return is_reauthentication_required(request, app="accounts")


class ProvenView(PortalView):
    """A view whose reader has just proved who they are, and is else asked to, and then comes back.

    What was posted too late is not kept: a form that changes rights is sent by a person who sees it.
    """

    is_abstract = True

    def form_address(self, **arguments: Any) -> str:
        """Where to go on afterwards: the page that holds the form."""
        return self.request.get_full_path()

    def answer_instead(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        is_answered = hasattr(self, (request.method or "").lower())
        if not is_answered or not has_to_prove_themselves(request):
            return None
        if request.method == "POST":
            messages.warning(request, _("Nothing has been changed yet. Show who you are, then send it once more."))
        query = urlencode({"next": self.form_address(**kwargs)})
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")

"""Nothing of anybody's is seen without the second factor, at any address."""

from __future__ import annotations

from copy import copy, deepcopy
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.conftest import client_of
from tests.rules.test_url_matrix import MATRIX
from tests.world import World

SET_UP = "/konto/andra-steget/"
PUBLIC_PREFIXES = (
    "/svara/", "/ni-sa-vi-gjorde/", "/referensgrupp/", "/halsa/", "/inbjudan/", "/konto/", "/i18n/",
    "/api/v1/", "/api/px/", "/datasets/dcat", "/inbaddad/",
)  # fmt: skip
"""Open to somebody who has only given a password: answering and what came of it, health, an invitation, one's own
account; and what programs ask for and other sites' frames show, where nobody is signed in at all."""


@pytest.fixture(scope="module")
def signed_in(standing: World) -> dict[str, Client]:
    """A browser for each, signed in once."""
    return {who: client_of(standing, who) for who in ("adam", "rut")}


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_every_page_file_and_figure_waits_for_the_second_factor(
    name: str, standing: World, signed_in: dict[str, Client], db: None
) -> None:
    """What a row adds to the standing world goes with the test's own transaction."""
    address = reverse(name, kwargs=MATRIX[name].arguments(deepcopy(standing)))
    if address.startswith(PUBLIC_PREFIXES):
        assert unquote(address) == address
        return
    Authenticator.objects.all().delete()
    for browser in signed_in.values():
        client = copy(browser)
        client.cookies = deepcopy(browser.cookies)
        for response in (client.get(address), client.post(address, {}), client.get(address + "?format=json")):
            assert (response.status_code, response.headers["Location"]) == (302, SET_UP)

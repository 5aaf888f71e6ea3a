"""Age bands: the four parts of 15–29 by which offers and voices are told apart."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgeBand(models.TextChoices):
    """Two bands in the years of upper secondary school, two past them."""

    FROM_15 = "15-17", _("15–17")
    FROM_18 = "18-19", _("18–19")
    FROM_20 = "20-24", _("20–24")
    FROM_25 = "25-29", _("25–29")

    @property
    def is_past_school(self) -> bool:
        """Whether nearly everyone of the age has left upper secondary school."""
        return self in (AgeBand.FROM_20, AgeBand.FROM_25)

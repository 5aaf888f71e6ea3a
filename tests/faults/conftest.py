"""What tests of faults share."""

from tests.faults.plant import plant

__all__ = ["plant"]

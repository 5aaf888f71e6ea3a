"""Swedish first: no message of code or templates lacks it."""

from portal.translations import missing


def test_every_message_has_its_swedish() -> None:
    assert missing("sv") == []

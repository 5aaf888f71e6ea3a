"""What a person is told when a step of starting Växtkraft fails."""

from __future__ import annotations


class StepFailed(Exception):
    """A step that could not be done: which one, why, and what to do about it.

    The three parts are plain sentences for whoever typed the command; they never hold a secret.
    """

    def __init__(self, step: str, why: str, remedy: str) -> None:
        super().__init__(f"{step}: {why}")
        self.step = step
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        return f"Växtkraft stopped at this step: {self.step}\n  Why: {self.why}\n  Do:  {self.remedy}"

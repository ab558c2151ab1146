"""Why IAM refuses something: the cause of AWS's error, which says less, for the report of a failing test."""

from __future__ import annotations

from pytest_cognito.iam.policies.decisions import Decision


class Refused(Exception):
    """The lines that explain a refusal. AWS's error is raised from it."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines

    @classmethod
    def by(cls, decision: Decision) -> Refused:
        """The refusal that a decision comes to."""
        return cls(*decision.explanation)


def reasons_of(error: BaseException | None) -> tuple[str, ...]:
    """The explanation of an error that was raised from a refusal; none of another."""
    while error is not None:
        if isinstance(error, Refused):
            return error.lines
        error = error.__cause__
    return ()

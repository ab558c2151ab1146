"""What is raised for a policy document that AWS refuses."""

from __future__ import annotations


class MalformedPolicy(ValueError):
    """What is wrong with a document: as text, in AWS's words where they are known.

    ``help`` says what AWS does not: which statement it is, and what to write instead.
    """

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help

    @property
    def advice(self) -> str:
        """What is wrong and what to write instead, in sentences."""
        wrong = str(self)
        return f"{wrong}{'' if wrong.endswith('.') else '.'} {self.help}".rstrip()

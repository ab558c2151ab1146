"""Decisions, which explain themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pytest_cognito.iam.policies.documents import NamedPolicy
from pytest_cognito.iam.policies.requests import Request
from pytest_cognito.iam.policies.statements import Statement


class Kind(Enum):
    """A kind of policy, as AWS calls it in messages."""

    IDENTITY = "identity-based policy"
    BOUNDARY = "permissions boundary"
    SESSION = "session policy"
    RESOURCE = "resource-based policy"
    TRUST = "role trust policy"


@dataclass(frozen=True, slots=True)
class Layer:
    """Policies of one kind, of which one has to allow a request, unless a policy of the resource does."""

    kind: Kind
    policies: tuple[NamedPolicy, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """The statement that allows or denies a request, by its policy and its index in there."""

    kind: Kind
    policy: NamedPolicy
    index: int

    @property
    def statement(self) -> Statement:
        return self.policy.policy.statements[self.index]


@dataclass(frozen=True, slots=True, repr=False)
class Decision:
    """Whether a request is allowed, and why: it is true or false, and ``str()`` of it is its explanation.

    ``grounds`` are the statements that allow it, one of each layer that had to, or the one that denies it.
    ``refusing`` is the kind of policies that denies the request, or of which none allows it. ``layers`` are the
    policies that were asked. The root user needs none to be allowed. ``unasked`` says which were not, where they could
    have allowed it.
    """

    request: Request
    allowed: bool
    layers: tuple[Layer, ...]
    grounds: tuple[Ground, ...] = ()
    refusing: Kind | None = None
    unasked: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def explicit(self) -> bool:
        """Whether a statement denies it."""
        return not self.allowed and bool(self.grounds)

    @property
    def refusal(self) -> str:
        """AWS's message for a request that is not allowed, without the reason, which some services leave out."""
        request = self.request
        return (
            f"User: {request.principal.arn} is not authorized to perform: {request.action} "
            f"on resource: {request.resource}"
        )

    @property
    def reason(self) -> str:
        """Why it is not allowed, as AWS says it; empty if it is."""
        if self.refusing is None:
            return ""
        if not self.explicit:
            return f"because no {self.refusing.value} allows the {self.request.action} action"
        article = {Kind.IDENTITY: "an", Kind.TRUST: "the"}.get(self.refusing, "a")
        name = self.grounds[0].policy.name
        return f"with an explicit deny in {article} {self.refusing.value}" + (f": {name}" if _is_arn(name) else "")

    @property
    def message(self) -> str:
        """AWS's message for a request that is not allowed, which it answers with AccessDenied; empty if it is allowed.

        ``User: … is not authorized to perform: … on resource: … because no identity-based policy allows the … action``
        """
        return "" if self.allowed else f"{self.refusal} {self.reason}"

    @property
    def explanation(self) -> tuple[str, ...]:
        """The lines that a failing test shows."""
        from pytest_cognito.iam.policies.explaining import explain

        return tuple(explain(self))

    def __str__(self) -> str:
        return "\n".join(self.explanation)

    def __repr__(self) -> str:
        """A line: pytest shows no more of a value. The section that the plugin adds to a failing test has the rest."""
        first, *_ = self.explanation
        return f"<{first}{', ' if self.reason else ''}{self.reason}>"


def _is_arn(name: str) -> bool:
    return name.startswith("arn:")

"""The definition of a challenge: how it is prompted, and how its answer is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt


class Prompt(NamedTuple):
    """A challenge as it is sent to the user.

    ``parameters`` are ChallengeParameters. ``state`` is the data that is needed to check the answer: a named tuple of
    strings, numbers and tuples. ``members`` are further members of the response, such as AvailableChallenges. ``alias``
    is the alias of the session (see `SessionAlias`).
    """

    parameters: Mapping[str, str]
    state: object = None
    members: Mapping[str, Any] = MappingProxyType({})
    alias: str | None = None


class Outcome(NamedTuple):
    """The result of checking an answer. The fields are those of `records.Answered`.

    ``role`` is that of another challenge if the answer has passed that one, such as a password that comes with the
    choice of it. ``method`` is what the answer has proven, if that is not always the method of the challenge.
    """

    passed: bool
    metadata: str | None = None
    second_factor: bool = False
    role: str | None = None
    method: str | None = None


PASSED = Outcome(passed=True)
SECOND_FACTOR_PROVEN = Outcome(passed=True, second_factor=True)


class SessionParameters(NamedTuple):
    """The ChallengeParameter and the ChallengeResponse that identify the session in flows without ``Session``.

    Until it expires, such a session can be answered again: on AWS it is no record, but in the parameter itself.
    ``unknown`` is the error for a value that was not sent to this user and app client.
    """

    challenge: str
    answer: str
    unknown: ErrorText


class SessionAlias(NamedTuple):
    """How the session of an answer without ``Session`` is found, where AWS does with what else the answer has.

    ``of_answer`` gives the alias that the prompt has given the session. ``unknown`` is the error if none has it.
    """

    of_answer: Callable[[Attempt], str]
    unknown: ErrorText


@dataclass(frozen=True)
class Challenge:
    """A challenge of a sign-in.

    ``name`` is its ``ChallengeName``. ``prompt`` creates it. ``answer`` checks the answer: it returns an `Outcome`, or
    raises the error of AWS, after which the same session can be used again.

    ``role`` distinguishes challenges with the same name, such as a code that is a first factor or a second.
    ``responses`` are the required ChallengeResponses, in the order in which missing ones are named. ``answered_as`` are
    the names that an answer can have as ``ChallengeName``. ``source`` is the source of PreTokenGeneration for the
    tokens that follow, if it isn't ``Authentication``. ``first_factor`` says that the challenge proves the identity of
    the user: before it is passed, no error says that the user is disabled or must reset the password. ``method`` is the
    authentication method that a correct answer proves, as in the claim ``amr``. ``primary_only`` says that
    the challenge does not work in the region of a replica of the pool.
    """

    name: str
    prompt: Callable[[Attempt], Prompt]
    answer: Callable[[Attempt], Outcome]
    role: str = ""
    responses: tuple[str, ...] = ("USERNAME",)
    answered_as: frozenset[str] = frozenset()
    source: str | None = None
    session_parameters: SessionParameters | None = None
    session_alias: SessionAlias | None = None
    first_factor: bool = False
    method: str | None = None
    primary_only: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "role", self.role or self.name)
        object.__setattr__(self, "answered_as", self.answered_as or frozenset({self.name}))

"""The state of a sign-in during one request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import DEVICES, Answered, AppClient, Device, StepUp, User, UserPool
from pytest_cognito.cognito_idp.rules.users import circumstances
from pytest_cognito.cognito_idp.rules.users.circumstances import Circumstances
from pytest_cognito.world import Context

if TYPE_CHECKING:
    from pytest_cognito.cognito_idp.flows.threats.watch import Watch

S = TypeVar("S")

PAGE_VALIDITY = dt.timedelta(minutes=5)
"""How long a sign-in on pages may take."""
DEVICE_KEY = "DEVICE_KEY"
"""The key of AuthParameters and ChallengeResponses by which a client names the device that it runs on."""


class EntryPoint(Enum):
    """How a sign-in request reaches Cognito."""

    PUBLIC = "public"
    """The operations without AWS credentials: InitiateAuth, RespondToAuthChallenge."""
    ADMIN = "admin"
    """The operations with AWS credentials: AdminInitiateAuth, AdminRespondToAuthChallenge."""
    HOSTED = "hosted"
    """The pages of managed login."""


class Credit(NamedTuple):
    """What counts toward a level of a user who is signed in in the browser: the methods that they have proven."""

    user: str
    methods: tuple[str, ...]


@dataclass(slots=True)
class Attempt:
    """One request of a sign-in, and the state of the sign-in.

    ``parameters`` are AuthParameters or ChallengeResponses. ``answering`` says that the request answers the challenge
    ``challenge_name``, which has the ``role``; otherwise it begins a sign-in. ``history`` are the challenges that were
    answered so far, ``state`` is the `Prompt.state` of the one that is being answered. ``found`` is the user, once
    looked up.
    ``simulated`` is a made-up user key if the user does not exist and the app client hides that. ``step_up`` is the
    authentication level that was requested, ``credit`` what an earlier sign-in counts toward it. ``session``
    is the ``Session`` of a request that begins a sign-in right after a sign-up. ``earlier_device_key`` is the key of
    the device that the client has named in an earlier request.
    ``context_data`` is ``UserContextData`` or ``ContextData``, ``watch`` that of threat protection, if it watches the
    sign-in.
    """

    context: Context
    pool: UserPool
    client: AppClient
    flow: str
    entry_point: EntryPoint
    parameters: Mapping[str, str]
    client_metadata: Mapping[str, str] = field(default_factory=dict)
    answering: bool = False
    challenge_name: str = ""
    role: str = ""
    history: tuple[Answered, ...] = ()
    state: object = None
    found: User | None = None
    simulated: str | None = None
    step_up: StepUp | None = None
    credit: Credit | None = None
    session: str | None = None
    earlier_device_key: str | None = None
    context_data: Mapping[str, Any] = field(default_factory=dict)
    watch: Watch | None = None

    @property
    def circumstances(self) -> Circumstances:
        """Where the request comes from."""
        return circumstances.read(self.client, self.context_data, self.context.address, self.context.user_agent)

    @property
    def user(self) -> User:
        """The user who signs in. Raises RuntimeError before the user was looked up."""
        if self.found is None:
            raise RuntimeError("no user was found yet in this sign-in")
        return self.found

    @property
    def session_validity(self) -> dt.timedelta:
        """How long the answer to a challenge is waited for: AuthSessionValidity, which is about the API alone."""
        return PAGE_VALIDITY if self.entry_point is EntryPoint.HOSTED else self.client.session_validity

    def read_again(self) -> None:
        """Look the user up again after a function ran, which may have changed or deleted them."""
        found = lookup.user(self.context, self.pool, self.user.username)
        if found.sub != self.user.sub:
            raise errors.USER_NOT_FOUND()  # another one who has got the name
        self.found = found

    @property
    def device_key(self) -> str | None:
        """The key of the device that the client has named last, whether there is such a device or not."""
        return self.parameters.get(DEVICE_KEY) or self.earlier_device_key

    @property
    def tracks_device(self) -> bool:
        """Whether the sign-in is one of a device. Managed login knows no devices."""
        return bool(self.pool.device_tracking) and self.entry_point is not EntryPoint.HOSTED

    def named_device(self) -> Device | None:
        """The device of the user that the client has named.

        Raise if the request names one that the user does not have: a client that is told so forgets the key, and sends
        the same request again without it. So it is no error if an earlier request has named such a device.
        """
        key = self.device_key
        if not key or not self.tracks_device or self.found is None:
            return None
        device = self.context.table(DEVICES).get((self.pool.id, self.found.key, key))
        if device is None and key == self.parameters.get(DEVICE_KEY):
            raise errors.DEVICE_NOT_FOUND()
        return device

    @property
    def user_key(self) -> str:
        """The key of the user, or the made-up key of a user who does not exist."""
        return self.user.key if self.simulated is None else self.simulated

    @property
    def event_id(self) -> str | None:
        """The id of the authentication event, if threat protection watches the sign-in."""
        return None if self.watch is None else self.watch.event.id

    @property
    def is_at_risk(self) -> bool:
        """Whether threat protection asks for a second factor that would not be needed otherwise."""
        return self.watch is not None and self.watch.event.mfa

    @property
    def answer_metadata(self) -> Mapping[str, str]:
        """The ClientMetadata if the request answers a challenge: that of InitiateAuth is passed to fewer triggers."""
        return self.client_metadata if self.answering else {}

    @property
    def last(self) -> Answered | None:
        """The last answered challenge."""
        return self.history[-1] if self.history else None

    @property
    def methods(self) -> tuple[str, ...]:
        """The authentication methods that are credited from an earlier sign-in and that were proven in this one."""
        credit = () if self.step_up is None else self.step_up.credit
        proven = (answered.method for answered in self.history if answered.passed and answered.method)
        return tuple(dict.fromkeys((*credit, *proven)))

    def state_of(self, kind: type[S]) -> S:
        """The `state` of the challenge that is being answered. Raises TypeError if it is of another class."""
        if not isinstance(self.state, kind):
            raise TypeError(f"the challenge noted {self.state!r}, not a {kind.__name__}")
        return self.state

    def check_present(self, names: Iterable[str]) -> None:
        """Raise for the first of some required parameters that is missing or empty."""
        for name in names:
            self.required(name)

    def required(self, name: str) -> str:
        """A required parameter; raise if it is missing or empty."""
        value = self.parameters.get(name)
        if not value:
            raise errors.PARAMETER_MISSING(name=name)
        return value

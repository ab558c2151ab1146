"""The outbox: every e-mail, SMS and push notification that Cognito would have sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.history import history
from pytest_cognito.kernel.text import printable

_MEDIA = {"EMAIL": "e-mail", "SMS": "SMS", "PUSH": "push"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Message:
    """One e-mail, SMS or push notification.

    ``medium`` is ``"EMAIL"``, ``"SMS"`` or ``"PUSH"``; ``to`` the address, the phone number or the token of the device;
    ``code`` the verification code or temporary password in it; ``link`` the confirmation link, if one was sent instead
    of a code; ``source`` the reason, as in the ``triggerSource`` of CustomMessage (``"SignUp"``, ``"ForgotPassword"``
    …), or ``"PushSync"``. A push notification comes from an identity pool, and ``username`` is the identity's id.
    """

    medium: str
    to: str
    subject: str | None
    body: str
    code: str | None
    link: str | None
    source: str
    pool_id: str
    username: str
    sent: dt.datetime

    @property
    def destination(self) -> str:
        """The medium and the recipient: ``e-mail to a@example.com``."""
        return f"{_MEDIA.get(self.medium, self.medium)} to {self.to}"

    @property
    def invites(self) -> bool:
        """Whether this is an invitation by an administrator, whose code is a temporary password."""
        return _is_invitation(self.source)

    def summary(self) -> str:
        """Recipient and code or link, without a temporary password."""
        parts = [] if self.code is None else [shown_code(self.code, self.source)]
        if self.link is not None:
            parts.append(f"link {self.link}")
        return f"{self.destination}: {' '.join(parts) or self.source}"

    # A method of its own, not the one that a dataclass gets: pytest shows all fields of two dataclasses that differ.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        return printable(f"<Message {self.summary()}>")


def _values(message: Message) -> tuple[object, ...]:
    return tuple(getattr(message, each.name) for each in fields(message))


def shown_code(code: str, source: str) -> str:
    """The code of a message with this source as text; a temporary password is not shown."""
    return "a temporary password" if _is_invitation(source) else f"code {code}"


def _is_invitation(source: str) -> bool:
    """Whether a source, or a ``triggerSource``, is that of invitations."""
    return source.endswith("AdminCreateUser")


class Outbox:
    """The messages of a world, oldest first: all, or the newest ``limit``."""

    def __init__(self, limit: int | None = None) -> None:
        self._messages: list[Message] = history(limit)
        self.observers: list[Callable[[Message], None]] = []
        """Functions that are called with each message when it is sent."""

    def add(self, message: Message) -> None:
        self._messages.append(message)
        for observe in self.observers:
            observe(message)

    def to(self, address: str) -> list[Message]:
        """The messages to one address or phone number, or to the device with a token."""
        if not isinstance(address, str):
            raise UsageError(
                f"messages are sent to an address or a phone number, such as user.email, or to the token of a device, "
                f"not {address!r}"
            )
        return [message for message in self._messages if message.to == address]

    def last(self, to: str | None = None) -> Message:
        """The newest message, or the newest to one address or device. Raises ``LookupError`` if there is none."""
        found = self._messages if to is None else self.to(to)
        if not found:
            raise LookupError(f"no message was sent{f' to {to}' if to else ''}; {self._summary()}")
        return found[-1]

    def clear(self) -> None:
        """Forget the messages so far."""
        self._messages.clear()

    def _summary(self) -> str:
        if not self._messages:
            return (
                "the outbox is empty (a pool sends codes to the attributes in AutoVerifiedAttributes; AdminCreateUser "
                "invites by SMS unless DesiredDeliveryMediums says EMAIL)"
            )
        return "the outbox holds: " + ", ".join(f"{m.source} to {m.to}" for m in self._messages)

    def __iter__(self) -> Iterator[Message]:
        return iter(tuple(self._messages))

    def __len__(self) -> int:
        return len(self._messages)

    def __getitem__(self, index: int) -> Message:
        return self._messages[index]

    def __repr__(self) -> str:
        return f"<Outbox: {len(self)} messages>"

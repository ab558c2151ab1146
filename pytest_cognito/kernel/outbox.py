"""The outbox: every e-mail and SMS that Cognito would have sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.history import history
from pytest_cognito.kernel.text import printable

_MEDIA = {"EMAIL": "e-mail", "SMS": "SMS"}
_INVITATION = "AdminCreateUser"
"""The source of messages whose code is a temporary password."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Message:
    """One e-mail or SMS.

    ``medium`` is ``"EMAIL"`` or ``"SMS"``; ``to`` the address or the phone number; ``code`` the verification code or
    temporary password in it; ``link`` the confirmation link, if one was sent instead of a code; ``source`` the reason,
    as in the ``triggerSource`` of CustomMessage (``"SignUp"``, ``"ForgotPassword"`` …).
    """

    medium: str
    to: str
    subject: str | None
    body: str = field(compare=False)
    code: str | None = field(compare=False)
    link: str | None = field(compare=False)
    source: str
    pool_id: str
    username: str
    sent: dt.datetime

    def summary(self) -> str:
        """Recipient and code or link, without a temporary password."""
        parts = [] if self.code is None else [shown_code(self.code, self.source)]
        if self.link is not None:
            parts.append(f"link {self.link}")
        return f"{_MEDIA.get(self.medium, self.medium)} to {self.to}: {' '.join(parts) or self.source}"

    def __repr__(self) -> str:
        return printable(f"<Message {self.summary()}>")


def shown_code(code: str, source: str) -> str:
    """The code of a message with this source as text; a temporary password is not shown."""
    return "a temporary password" if source.endswith(_INVITATION) else f"code {code}"


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
        """The messages to one address or phone number."""
        if not isinstance(address, str):
            raise UsageError(f"messages are sent to an address or a phone number, such as user.email, not {address!r}")
        return [message for message in self._messages if message.to == address]

    def last(self, to: str | None = None) -> Message:
        """The newest message, or the newest to one address. Raises ``LookupError`` if there is none."""
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

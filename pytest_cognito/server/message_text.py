"""What a message of the outbox says, for people."""

from __future__ import annotations

from urllib.parse import urlsplit

from pytest_cognito.kernel.outbox import Message


def said(message: Message, base_url: str) -> tuple[str, str]:
    """What a message has for its recipient: the kind, and the code, the temporary password or the link."""
    link = local_link(message, base_url)
    if link is not None:
        return "link", link
    if message.code is None:
        return "text", message.subject or message.body
    return "temporary password" if message.invites else "code", message.code


def local_link(message: Message, base_url: str) -> str | None:
    """The link in a message, to the server with this URL instead of AWS; None if there is none."""
    if message.link is None:
        return None
    return f"{base_url}{urlsplit(message.link)._replace(scheme='', netloc='').geturl()}"


def about(message: Message) -> str:
    """The reason for a message, and the user."""
    return f"{message.source}, {message.username} of {message.pool_id}"

"""A call in a few lines: what was asked, what came of it and why, the triggers it ran and the messages it sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..aws import model
from ..aws.errors import AWSError
from ..kernel.calls import Call
from ..kernel.functions import Invocation
from ..kernel.outbox import Message
from . import places, values

WIDTH = 100
_STEP = "    "
_MEDIA = {"EMAIL": "e-mail", "SMS": "SMS"}
_PASSWORD_INSIDE = "AdminCreateUser"
"""The message whose code is a temporary password."""


def all_lines(calls: Sequence[Call], region: str) -> Iterator[str]:
    """Calls in their order, those that a trigger made below the call that ran it."""
    position = 0
    while position < len(calls):
        end = _end_of_inner(calls, position)
        yield from _lines(calls[position], calls[position + 1 : end], region)
        position = end


def _end_of_inner(calls: Sequence[Call], position: int) -> int:
    """Where the calls end that were made inside triggers of the one at a position."""
    end = position + 1
    while end < len(calls) and calls[end].depth > calls[position].depth:
        end += 1
    return end


def _lines(call: Call, inner: Sequence[Call], region: str) -> Iterator[str]:
    elsewhere = [f"[{call.region}]"] if call.region != region else []
    asked, came = [call.operation, *elsewhere, *_parameters(call)], _outcome(call)
    line = f"{' '.join(asked)} → {' '.join(came)}"
    if len(line) <= WIDTH:
        yield line
    else:
        yield from _wrapped(asked, "", _STEP)
        yield from _wrapped([f"→ {came[0]}", *came[1:]], _STEP, f"{_STEP}  ")
    for words in call.explanation:
        yield from _wrapped(f"· {words}".split(" "), _STEP, f"{_STEP}  ")
    for invocation in call.invocations:
        yield from _trigger(invocation, ran=call.error is None or isinstance(call.error, AWSError))
    for line in all_lines(inner, region):
        yield f"{_STEP}  {line}"
    for message in call.messages:
        yield f"{_STEP}{_message(message)}"


def _parameters(call: Call) -> list[str]:
    return values.parameters(model.operation_model(call.service, call.operation).input_shape, call.parameters)


def _outcome(call: Call) -> list[str]:
    error = call.error
    if isinstance(error, AWSError):
        return [f"{error.code}:", *error.message.split(" ")]
    if error is not None:
        return [f"{type(error).__name__}:", *_first_line(error).split(" ")]
    if call.result is None:
        return ["(not finished)"]
    return values.answer(model.operation_model(call.service, call.operation).output_shape, call.result) or ["ok"]


def _trigger(invocation: Invocation, *, ran: bool) -> Iterator[str]:
    handed = "" if invocation.code is None else f" with {_secret(invocation.code, invocation.source)}"
    head, error = f"trigger {invocation.source}{handed}", invocation.error
    if error is not None:
        yield f"{_STEP}{head} raised {type(error).__name__}: {_first_line(error)}"
        for frame in places.last_frames(error.__traceback__):
            yield f"{_STEP}  {frame}"
    elif "response" not in invocation.event:
        yield f"{_STEP}{head}{'' if ran else ' did not run'}"
    elif not isinstance(invocation.result, Mapping):
        yield f"{_STEP}{head} {'gave no event back' if ran else 'did not run'}"
    else:
        changed = list(_changes(invocation.event.get("response"), invocation.result.get("response")))
        yield from _wrapped([*head.split(), "changed", *(changed or ["nothing"])], _STEP, f"{_STEP}  ")


def _changes(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """What is another value in a response than it was, leaf by leaf."""
    if isinstance(after, Mapping):
        was = before if isinstance(before, Mapping) else {}
        for name, value in after.items():
            yield from _changes(was.get(name), value, f"{path}.{name}" if path else str(name))
    elif after != before:
        yield f"{path}={values.plain(after)}"


def _message(message: Message) -> str:
    said = []
    if message.code is not None:
        said.append(_secret(message.code, message.source))
    if message.link is not None:
        said.append(f"link {message.link}")
    return f"{_MEDIA.get(message.medium, message.medium)} to {message.to}: {' '.join(said) or message.source}"


def _secret(code: str, source: str) -> str:
    return "a temporary password" if source.endswith(_PASSWORD_INSIDE) else f"code {code}"


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]


def _wrapped(words: Sequence[str], first: str, further: str) -> Iterator[str]:
    """Words on lines of the width at most."""
    line = first
    for number, word in enumerate(words):
        longer = f"{line}{' ' if number and line not in (first, further) else ''}{word}"
        if len(longer) > WIDTH and line not in (first, further):
            yield line
            longer = f"{further}{word}"
        line = longer
    yield line

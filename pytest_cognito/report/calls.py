"""A call as lines of text: its parameters, its result or error and the explanation, its triggers and its messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pytest_cognito.aws import model
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.kernel.calls import Call
from pytest_cognito.kernel.functions import Invocation
from pytest_cognito.kernel.outbox import Message
from pytest_cognito.kernel.text import plain
from pytest_cognito.report import locations, values

WIDTH = 100
WEB = "web"
"""The service of web requests in the log of calls."""
_INDENT = "    "
_MEDIA = {"EMAIL": "e-mail", "SMS": "SMS"}
_INVITATION = "AdminCreateUser"
"""The source of messages whose code is a temporary password."""


def all_lines(calls: Sequence[Call], region: str) -> Iterator[str]:
    """The lines of calls in order; calls made inside a trigger are indented below the call that invoked it."""
    position = 0
    while position < len(calls):
        end = _end_of_inner(calls, position)
        yield from _lines(calls[position], calls[position + 1 : end], region)
        position = end


def _end_of_inner(calls: Sequence[Call], position: int) -> int:
    """The position after the calls that were made inside triggers of the call at ``position``."""
    end = position + 1
    while end < len(calls) and calls[end].depth > calls[position].depth:
        end += 1
    return end


def _lines(call: Call, inner: Sequence[Call], region: str) -> Iterator[str]:
    other_region = [f"[{call.region}]"] if call.region != region else []
    request, outcome = [call.operation, *other_region, *_parameters(call)], _outcome(call)
    line = f"{' '.join(request)} → {' '.join(outcome)}"
    if len(line) <= WIDTH:
        yield line
    else:
        yield from _wrapped(request, "", _INDENT)
        yield from _wrapped([f"→ {outcome[0]}", *outcome[1:]], _INDENT, f"{_INDENT}  ")
    for words in call.explanation:
        yield from _wrapped(f"· {words}".split(" "), _INDENT, f"{_INDENT}  ")
    for invocation in call.invocations:
        yield from _trigger(invocation, ran=call.error is None or isinstance(call.error, AWSError))
    for line in all_lines(inner, region):
        yield f"{_INDENT}  {line}"
    for message in call.messages:
        yield f"{_INDENT}{_message(message)}"


def _parameters(call: Call) -> list[str]:
    if call.service == WEB:
        return values.web_parameters(call.parameters)
    return values.parameters(model.operation_model(call.service, call.operation).input_shape, call.parameters)


def _outcome(call: Call) -> list[str]:
    error = call.error
    if isinstance(error, AWSError):
        return [f"{error.code}:", *error.message.split(" ")]
    if error is not None:
        return [f"{type(error).__name__}:", *_first_line(error).split(" ")]
    if call.result is None:
        return ["(not finished)"]
    if call.service == WEB:
        return [str(call.result["status"])]
    return values.result(model.operation_model(call.service, call.operation).output_shape, call.result) or ["ok"]


def _trigger(invocation: Invocation, *, ran: bool) -> Iterator[str]:
    with_code = "" if invocation.code is None else f" with {_secret(invocation.code, invocation.source)}"
    head, error = f"trigger {invocation.source}{with_code}", invocation.error
    if error is not None:
        yield f"{_INDENT}{head} raised {type(error).__name__}: {_first_line(error)}"
        for frame in locations.last_frames(error.__traceback__):
            yield f"{_INDENT}  {frame}"
    elif "response" not in invocation.event:
        yield f"{_INDENT}{head}{'' if ran else ' did not run'}"
    elif not isinstance(invocation.result, Mapping):
        yield f"{_INDENT}{head} {'gave no event back' if ran else 'did not run'}"
    else:
        changed = list(_changes(invocation.event.get("response"), invocation.result.get("response")))
        yield from _wrapped([*head.split(), "changed", *(changed or ["nothing"])], _INDENT, f"{_INDENT}  ")


def _changes(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """The changed values in an event's response, with their paths."""
    if isinstance(after, Mapping):
        old = before if isinstance(before, Mapping) else {}
        for name, value in after.items():
            yield from _changes(old.get(name), value, f"{path}.{name}" if path else str(name))
    elif after != before:
        yield f"{path}={plain(after)}"


def _message(message: Message) -> str:
    parts = []
    if message.code is not None:
        parts.append(_secret(message.code, message.source))
    if message.link is not None:
        parts.append(f"link {message.link}")
    return f"{_MEDIA.get(message.medium, message.medium)} to {message.to}: {' '.join(parts) or message.source}"


def _secret(code: str, source: str) -> str:
    return "a temporary password" if source.endswith(_INVITATION) else f"code {code}"


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]


def _wrapped(words: Sequence[str], first: str, further: str) -> Iterator[str]:
    """Words wrapped to lines of at most ``WIDTH``. ``first`` and ``further`` are the indents of the lines."""
    line = first
    for number, word in enumerate(words):
        longer = f"{line}{' ' if number and line not in (first, further) else ''}{word}"
        if len(longer) > WIDTH and line not in (first, further):
            yield line
            longer = f"{further}{word}"
        line = longer
    yield line

"""A call as lines of text: its parameters, its result or error and the explanation, its triggers and its messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pytest_cognito.aws import call_text
from pytest_cognito.kernel.calls import Call
from pytest_cognito.kernel.functions import Invocation
from pytest_cognito.kernel.outbox import shown_code
from pytest_cognito.kernel.text import printable
from pytest_cognito.report import locations

WIDTH = 100
_INDENT = "    "


def all_lines(calls: Sequence[Call], region: str, indent: str = "") -> Iterator[str]:
    """The lines of calls in order; calls made inside a trigger are indented below the call that invoked it."""
    position = 0
    while position < len(calls):
        end = _end_of_inner(calls, position)
        yield from _lines(calls[position], calls[position + 1 : end], region, indent)
        position = end


def wrapped(words: Iterable[str], indent: str = "", further: str = _INDENT) -> Iterator[str]:
    """Words in lines of at most ``WIDTH``, which are indented, all but the first by ``further`` as well.

    A word that is longer is broken. Characters that a terminal would act upon are escaped.
    """
    line, is_empty = indent, True
    for word in map(printable, words):
        longer = f"{line}{'' if is_empty else ' '}{word}"
        if len(longer) > WIDTH and not is_empty:
            yield line
            longer = f"{indent}{further}{word}"
        while len(longer) > WIDTH:
            yield longer[:WIDTH]
            longer = f"{indent}{further}{longer[WIDTH:]}"
        line, is_empty = longer, False
    yield line


def _end_of_inner(calls: Sequence[Call], position: int) -> int:
    """The position after the calls that were made inside triggers of the call at ``position``."""
    end = position + 1
    while end < len(calls) and calls[end].depth > calls[position].depth:
        end += 1
    return end


def _lines(call: Call, inner: Sequence[Call], region: str, indent: str) -> Iterator[str]:
    other_region = [f"[{call.region}]"] if call.region != region else []
    request, outcome = [call.operation, *other_region, *call_text.parameters(call)], ["→", *call_text.outcome(call)]
    below = indent + _INDENT
    together = list(wrapped([*request, *outcome], indent))
    if len(together) == 1:
        yield from together
    else:
        yield from wrapped(request, indent)
        yield from wrapped(outcome, below, "  ")
    for line in call.explanation:
        yield from _text(f"· {line}", below)
    for invocation in call.invocations:
        yield from _trigger(invocation, below)
    yield from all_lines(inner, region, f"{below}  ")
    for message in call.messages:
        yield from _text(message.summary(), below)


def _trigger(invocation: Invocation, indent: str) -> Iterator[str]:
    code = "" if invocation.code is None else f" with {shown_code(invocation.code, invocation.source)}"
    yield from _text(f"{invocation.title}{code} {invocation.outcome()}".rstrip(), indent)
    if invocation.error is not None and invocation.refusal is None:
        for frame in locations.last_frames(invocation.frames):
            yield from _text(frame, f"{indent}  ")


def _text(text: str, indent: str) -> Iterator[str]:
    return wrapped(text.split(" "), indent, "  ")

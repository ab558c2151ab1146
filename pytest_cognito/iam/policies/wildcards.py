"""Patterns of policies: text with ``*`` and ``?``, and policy variables, which are filled in for each request.

A pattern is kept as its chunks, which are what stands between its ``*``. Matching them one after the other takes time
that is linear in the text for each chunk, however many ``*`` there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from pytest_cognito.iam.policies.variables import Variable, split


class _Wild:
    """A wildcard among the pieces of a pattern."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> str:
        return "STAR" if self.text == "*" else "ANY"


STAR: Final = _Wild("*")
"""Any characters, or none."""
ANY: Final = _Wild("?")
"""One character."""
_WILD: Final = {"*": STAR, "?": ANY}

Piece: TypeAlias = str | _Wild | Variable
Chunk: TypeAlias = str | tuple[str | _Wild, ...]
"""What stands between two ``*``: text, or, if it has a ``?``, texts and ``?``."""
Values: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""Condition keys of a request in lower case."""


def pieces(text: str, *, variables: bool, wildcards: bool) -> tuple[Piece, ...]:
    """The pieces of a text in a policy. Without ``wildcards``, ``*`` and ``?`` are characters like others."""
    found: list[Piece] = []
    for part in split(text) if variables else (text,):
        if isinstance(part, Variable):
            found.append(part.literal or part)
        elif wildcards:
            found.extend(_with_wildcards(part))
        else:
            found.append(part)
    return tuple(found)


def _with_wildcards(text: str) -> Iterable[Piece]:
    plain = ""
    for character in text:
        wild = _WILD.get(character)
        if wild is None:
            plain += character
            continue
        if plain:
            yield plain
            plain = ""
        yield wild
    if plain:
        yield plain


@dataclass(frozen=True, slots=True)
class Template:
    """A chunk with variables. ``is_text`` says that it has no ``?``."""

    pieces: tuple[Piece, ...]
    is_text: bool

    def filled(self, values: Values) -> Chunk | None:
        """The chunk for a request; nothing if it lacks a variable that has no default."""
        texts: list[str | _Wild] = []
        for piece in self.pieces:
            text = piece.value(values) if isinstance(piece, Variable) else piece
            if text is None:
                return None
            texts.append(text)
        return "".join(texts) if self.is_text else tuple(texts)  # type: ignore[arg-type]  # there is no ANY


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text of a policy, compiled. ``text`` is as the policy has it.

    ``chunks`` are what stands between its ``*``, and ``static`` they are as well, unless there are variables in them.
    ``head`` is the text that it begins with, which tells most of what does not match.
    """

    text: str
    chunks: tuple[Chunk | Template, ...]
    static: tuple[Chunk, ...] | None
    head: str

    def filled(self, values: Values) -> tuple[Chunk, ...] | None:
        """The chunks for a request; nothing if it lacks a variable that has no default."""
        if self.static is not None:
            return self.static
        filled: list[Chunk] = []
        for chunk in self.chunks:
            if isinstance(chunk, Template):
                done = chunk.filled(values)
                if done is None:
                    return None
                filled.append(done)
            else:
                filled.append(chunk)
        return tuple(filled)

    def matches(self, text: str, values: Values) -> bool:
        if not text.startswith(self.head):
            return False
        chunks = self.static or self.filled(values)
        return chunks is not None and matches(chunks, text)

    def missing(self, values: Values) -> tuple[str, ...]:
        """The variables that the request lacks."""
        if self.static is not None:
            return ()
        templates = (chunk for chunk in self.chunks if isinstance(chunk, Template))
        found = (piece for template in templates for piece in template.pieces if isinstance(piece, Variable))
        return tuple(variable.key for variable in found if variable.value(values) is None)

    def shown(self, values: Values) -> str:
        """The text with what variables stand for."""
        if self.static is not None:
            return self.text
        return "*".join(_shown(chunk, values) for chunk in self.chunks)


def compiled(text: str, *, variables: bool, wildcards: bool = True) -> Pattern:
    """The pattern of a text."""
    return assembled(text, pieces(text, variables=variables, wildcards=wildcards))


def assembled(text: str, parts: Iterable[Piece]) -> Pattern:
    """The pattern that pieces make."""
    chunks: list[list[Piece]] = [[]]
    for part in parts:
        if part is STAR:
            chunks.append([])
        else:
            chunks[-1].append(part)
    done = tuple(_chunk(chunk) for chunk in chunks)
    static = tuple(chunk for chunk in done if not isinstance(chunk, Template))
    head = chunks[0][0] if chunks[0] and isinstance(chunks[0][0], str) else ""
    return Pattern(text, done, static if len(static) == len(done) else None, head)


def _chunk(parts: list[Piece]) -> Chunk | Template:
    is_text = ANY not in parts
    if any(isinstance(part, Variable) for part in parts):
        return Template(tuple(parts), is_text)
    texts = [part for part in parts if not isinstance(part, Variable)]
    return "".join(map(str, texts)) if is_text else tuple(texts)


def _shown(chunk: Chunk | Template, values: Values) -> str:
    if isinstance(chunk, str):
        return chunk
    texts = []
    for piece in chunk.pieces if isinstance(chunk, Template) else chunk:
        value = piece.value(values) if isinstance(piece, Variable) else None
        texts.append(str(piece) if value is None else value)
    return "".join(texts)


def matches(chunks: tuple[Chunk, ...], text: str) -> bool:
    """Whether a text is the chunks, with anything between them."""
    first, last = chunks[0], chunks[-1]
    if len(chunks) == 1:
        return text == first if isinstance(first, str) else len(text) == _length(first) and _at(first, text, 0)
    if len(chunks) == 2 and isinstance(first, str) and isinstance(last, str):
        return len(text) >= len(first) + len(last) and text.startswith(first) and text.endswith(last)
    position, end = _length(first), len(text) - _length(last)
    if end < position or not _at(first, text, 0) or not _at(last, text, end):
        return False
    for chunk in chunks[1:-1]:
        position = _find(chunk, text, position, end)
        if position < 0:
            return False
        position += _length(chunk)
    return True


def _length(chunk: Chunk) -> int:
    return len(chunk) if isinstance(chunk, str) else sum(len(p) if isinstance(p, str) else 1 for p in chunk)


def _at(chunk: Chunk, text: str, position: int) -> bool:
    if isinstance(chunk, str):
        return text.startswith(chunk, position)
    for piece in chunk:
        if isinstance(piece, str):
            if not text.startswith(piece, position):
                return False
            position += len(piece)
        else:
            position += 1
    return True


def _find(chunk: Chunk, text: str, start: int, end: int) -> int:
    if isinstance(chunk, str):
        return text.find(chunk, start, end)
    last = end - _length(chunk)
    return next((position for position in range(start, last + 1) if _at(chunk, text, position)), -1)

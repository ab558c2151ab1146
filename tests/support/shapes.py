"""Values drawn from the shapes of botocore's models, and values held against them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from pytest_cognito.aws.model import Shape
from pytest_cognito.aws.patterns import matcher, translate

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 8  # characters beyond what the shape asks for
LATEST = 4_000_000_000  # seconds: the year 2096

ASCII = "".join(map(chr, range(32, 127)))
BEYOND_ASCII = "éßñĐжאع漢かกः\u0301\u00a0€½Ⅷ٣«»…😀𝒳"
SAMPLES = (
    "arn:aws:iam::123456789012:role/Demo",
    "arn:aws:lambda:us-east-1:123456789012:function:demo",
    "arn:aws:sns:us-east-1:123456789012:app/GCM/demo",
    "us-east-1:0123abcd-4567-89ab-cdef-0123456789ab",
    "0123abcd-4567-49ab-8def-0123456789ab",
    "us-east-1_Ab0Cd1Ef2",
    "https://example.com/callback",
    "Your code is {####}.",
    "Your code is {##Verify##}, héllo.",
    "{username} {####}",
    "noreply@example.com",
    "no\0reply@example.com",
    "\x1b[31mred\x1b[0m",
    "cognito:default",
    "terms-of-use",
    "import-Ab0Cd1",
    "Level3",
    "authenticated",
    "example",
)
ONE_CLASS = re.compile(r"\^?(\[(?:\\.|[^\]\\])+\]|\\[wdS])[*+]\$?")


def params(shape: Shape | None, valid: bool = True) -> st.SearchStrategy[Any]:
    """Values of a shape as boto3 takes them.

    Valid ones keep every constraint of the model: required, length, range, pattern, enum. The others have the right
    types and need keep no constraint.
    """
    if shape is None:
        return st.just({})
    kind = shape.type_name
    if kind == "structure":
        return _document() if shape.is_document_type else _structure(shape, valid)
    if kind == "list":
        least, most = _sizes(shape, valid)
        return st.lists(params(shape.member, valid), min_size=least, max_size=most)
    if kind == "map":
        least, most = _sizes(shape, valid)
        return st.dictionaries(params(shape.key, valid), params(shape.value, valid), min_size=least, max_size=most)
    return _SCALARS[kind](shape, valid)


def _structure(shape: Shape, valid: bool) -> st.SearchStrategy[dict[str, Any]]:
    members = {name: params(member, valid) for name, member in shape.members.items()}
    needed = set(shape.required_members) if valid else set()
    return st.fixed_dictionaries(
        {name: values for name, values in members.items() if name in needed},
        optional={name: values for name, values in members.items() if name not in needed},
    )


def _document() -> st.SearchStrategy[Any]:
    names = st.text(ASCII, max_size=LONGEST)
    leaves = st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(ASCII + BEYOND_ASCII, max_size=LONGEST)
    inner = st.recursive(leaves, lambda each: st.lists(each, max_size=2) | st.dictionaries(names, each), max_leaves=4)
    return st.dictionaries(names, inner, max_size=3)


def _sizes(shape: Shape, valid: bool) -> tuple[int, int]:
    """The least and the greatest length to draw."""
    more = 2 if shape.type_name in ("list", "map") else LONGEST
    if not valid:
        return 0, more
    least: int = shape.metadata.get("min", 0)
    return least, min(shape.metadata.get("max", least + more), least + more)


def _string(shape: Shape, valid: bool) -> st.SearchStrategy[str]:
    if not valid:
        return st.text(max_size=LONGEST) | st.sampled_from(SAMPLES)
    if shape.metadata.get("enum"):
        return st.sampled_from(shape.metadata["enum"])
    least, most = _sizes(shape, valid)
    if "pattern" in shape.metadata:
        return _matching(shape.metadata["pattern"], least, most, shape.metadata.get("max", 10_000))
    return _text(least, most)


def _text(least: int, most: int) -> st.SearchStrategy[str]:
    """Without control characters, which XML can't carry."""
    return st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=least, max_size=most)


@cache
def _matching(pattern: str, least: int, most: int, longest: int) -> st.SearchStrategy[str]:
    """Matching texts: of a pattern's characters if it is one class, else known samples, else what the regex gives."""
    matches = matcher(pattern)
    one_class = ONE_CLASS.fullmatch(pattern)
    if one_class:
        fits = matcher(one_class[1])
        alphabet = [char for char in ASCII + BEYOND_ASCII if fits(char)]
        return st.text(alphabet, min_size=max(least, 0 if matches("") else 1), max_size=most)
    samples = [each for each in SAMPLES if least <= len(each) <= longest and matches(each)]
    if samples:
        return st.sampled_from(samples)
    regex = re.compile(translate(pattern), re.ASCII)
    return st.from_regex(regex, fullmatch=True, alphabet=ASCII).filter(
        lambda value: least <= len(value) <= longest and bool(matches(value))
    )


def _integer(shape: Shape, valid: bool) -> st.SearchStrategy[int]:
    bits = 31 if shape.type_name == "integer" else 53
    least, most = -(1 << bits), (1 << bits) - 1
    if valid:
        least, most = shape.metadata.get("min", least), shape.metadata.get("max", most)
    return st.integers(least, most)


def _blob(shape: Shape, valid: bool) -> st.SearchStrategy[bytes]:
    least, most = _sizes(shape, valid)
    return st.binary(min_size=least, max_size=most)


def _timestamp(shape: Shape, valid: bool) -> st.SearchStrategy[datetime]:
    return st.integers(0, LATEST).map(lambda seconds: EPOCH + timedelta(seconds=seconds))


_SCALARS: Mapping[str, Callable[[Shape, bool], st.SearchStrategy[Any]]] = {
    "string": _string,
    "integer": _integer,
    "long": _integer,
    "boolean": lambda shape, valid: st.booleans(),
    "timestamp": _timestamp,
    "blob": _blob,
}


def problems(shape: Shape | None, value: Any) -> list[str]:
    """What is wrong with an answer by its output shape: unknown members, wrong types, missing required members.

    ``ResponseMetadata``, which belongs to no shape, must be taken out before.
    """
    if shape is None:
        return [f"answer: {value!r} where nothing is to be answered"] if value else []
    return [f"{shape.name}{problem}" for problem in _problems(shape, value)]


def _problems(shape: Shape, value: Any) -> Iterable[str]:
    """What is wrong with a value. Each begins with where in the value that is."""
    kind = shape.type_name
    wanted = _TYPES[kind]
    if kind == "structure" and shape.is_document_type:
        return ()
    if type(value) is not wanted and not (kind == "timestamp" and isinstance(value, wanted)):
        return [f": {value!r} is no {wanted.__name__}"]
    inner = _INNER.get(kind)
    return inner(shape, value) if inner else ()


def _in_structure(shape: Shape, value: dict[str, Any]) -> Iterator[str]:
    members = shape.members
    yield from (f".{name}: missing" for name in shape.required_members if name not in value)
    for name, each in value.items():
        found = _problems(members[name], each) if name in members else [": unknown member"]
        yield from (f".{name}{problem}" for problem in found)


def _in_list(shape: Shape, value: list[Any]) -> Iterator[str]:
    for place, each in enumerate(value):
        yield from (f"[{place}]{problem}" for problem in _problems(shape.member, each))


def _in_map(shape: Shape, value: dict[Any, Any]) -> Iterator[str]:
    for key, each in value.items():
        yield from (f" key {key!r}{problem}" for problem in _problems(shape.key, key))
        yield from (f"[{key!r}]{problem}" for problem in _problems(shape.value, each))


def _in_timestamp(shape: Shape, value: datetime) -> Iterator[str]:
    if value.tzinfo is None:
        yield f": {value!r} has no time zone"


_INNER: Mapping[str, Callable[[Shape, Any], Iterator[str]]] = {
    "structure": _in_structure,
    "list": _in_list,
    "map": _in_map,
    "timestamp": _in_timestamp,
}
_TYPES: Mapping[str, type] = {
    "structure": dict,
    "list": list,
    "map": dict,
    "string": str,
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
    "boolean": bool,
    "timestamp": datetime,
    "blob": bytes,
}

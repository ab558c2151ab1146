from __future__ import annotations

import re
import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.aws.model import SERVICES, service_model
from pytest_cognito.aws.patterns import CATEGORIES, STAND_INS, fold, matcher, translate

MODEL_PATTERNS = sorted(
    {
        shape.metadata["pattern"]
        for service in SERVICES
        for shape in map(service_model(service).shape_for, service_model(service).shape_names)
        if "pattern" in shape.metadata
    }
)


@pytest.mark.parametrize("pattern", MODEL_PATTERNS)
@pytest.mark.filterwarnings("error")
def test_every_pattern_of_the_models_compiles(pattern: str) -> None:
    assert re.compile(translate(pattern), re.ASCII).flags & re.ASCII


def test_the_models_do_use_categories() -> None:
    assert sum(r"\p{" in pattern for pattern in MODEL_PATTERNS) > 10


@pytest.mark.parametrize(
    ("pattern", "value", "matches"),
    [
        (r"[\w-]+_[0-9a-zA-Z]+", "us-east-1_Ab0", True),
        (r"[\w-]+_[0-9a-zA-Z]+", "us-east-1_Ab0\n", False),
        (r"[\w-]+_[0-9a-zA-Z]+", "x us-east-1_Ab0", False),
        (r"[\w]+", "é", False),
        (r"\d+", "٣", False),
        (r"[\S]+", "\u00a0", True),  # Java's blanks are ASCII
        (r"[\S]+", "a b", False),
        (r"^[\w\- ]+$", "a-b c", True),
        (r"^(terms-of-use|privacy-policy)$", "terms-of-use\n", False),
        (r".*\{####\}.*", "é {####} ü", True),
        (r".*\{####\}.*", "one\u2028{####}", False),
        (r"(?s).*", "one\u2028two\nthree", True),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "élise.漢字-😀", True),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "e\u0301", True),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "a b", False),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "a\u00a0b", False),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*", "a *\t漢", True),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "\ue000", False),  # private use is no letter, though it stands for one here
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "\u200d", False),
        (r"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+", "été", True),
        (r"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+", "\u3000té", False),
        (r"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+", "_té", False),
        (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", "日本 €", False),
        (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", "日本\u3000Ⅷ", True),
        (r"\p{Lu}\p{Ll}+", "Élan", True),
        (r"\p{Lu}\p{Ll}+", "élan", False),
    ],
)
def test_patterns_mean_what_java_means(pattern: str, value: str, matches: bool) -> None:
    assert bool(matcher(pattern)(value)) is matches


@pytest.mark.parametrize("pattern", [r"[a-z[A-Z]]", r"\P{L}", r"\p{IsGreek}", r"[\p{L}é]", r"[\p{L}\u00e9]"])
def test_what_has_no_translation_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"has no translation|unknown Unicode category"):
        matcher(pattern)


@pytest.mark.parametrize("group", ["L", "M", "N", "P", "S", "Z", "C"])
def test_a_group_of_categories_holds_the_characters_that_unicode_puts_there(group: str) -> None:
    matches = matcher(rf"\p{{{group}}}")
    every_seventh = map(chr, [*range(128), *range(128, sys.maxunicode, 7)])

    assert [char for char in every_seventh if bool(matches(char)) != category(char).startswith(group)] == []


@given(st.text())
def test_folding_keeps_length_ascii_and_categories(value: str) -> None:
    folded = fold(value)

    assert len(folded) == len(value)
    for before, after in zip(value, folded, strict=True):
        assert after == (before if before.isascii() else STAND_INS[category(before)])


def test_every_category_has_a_stand_in_of_its_own() -> None:
    assert len(CATEGORIES) == len(set(STAND_INS.values())) == 30

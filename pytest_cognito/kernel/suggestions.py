"""What to write instead of a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable

_MAX_LISTED = 40
_SHORTEST = 4  # letters of an abbreviation


def suggestion(name: str, known: Iterable[str]) -> str:
    """The nearest of the known names, as ``did you mean 'InitiateAuth'?``, or else what there is."""
    from difflib import get_close_matches  # imported here because the plugin needs it for mistakes only

    names = list(known)
    form, by_form = _form(name), {_form(each): each for each in reversed(names)}
    longer = sorted((each for each in by_form if len(form) >= _SHORTEST and each.startswith(form)), key=len)
    near = longer or get_close_matches(form, by_form, n=1, cutoff=0.7)
    if near:
        return f"did you mean {by_form[near[0]]!r}?"
    if len(names) > _MAX_LISTED:
        return "no name that there is comes near it"
    return f"there is {', '.join(names)}"


def _form(name: str) -> str:
    """A name without the differences of AWS's and boto3's spelling."""
    return name.replace("_", "").casefold()

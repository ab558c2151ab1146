"""Modules and functions that are read at a glance."""

from __future__ import annotations

from .tree import CODE, PACKAGE, ROOT, functions, modules, place, told

LINES_OF_A_MODULE = 300
LINES_OF_A_FUNCTION = 50


def test_no_module_is_too_long() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*CODE)}
    too_long = [f"{path} has {length} lines" for path, length in lengths.items() if length > LINES_OF_A_MODULE]

    assert not too_long, told(f"a module has {LINES_OF_A_MODULE} lines at most: split it by subject", too_long)


def test_no_function_of_the_package_is_too_long() -> None:
    too_long = [
        f"{place(path, function.lineno)} {function.name} has {length} lines"
        for path in modules(PACKAGE)
        for function in functions(path)
        if (length := (function.end_lineno or function.lineno) - function.lineno + 1) > LINES_OF_A_FUNCTION
    ]

    advice = f"a function has {LINES_OF_A_FUNCTION} lines at most: give a part of it a name of its own"
    assert not too_long, told(advice, too_long)

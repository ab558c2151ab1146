"""A test run that has the plugin loaded and doesn't use it."""


def test_nothing() -> None:
    pass

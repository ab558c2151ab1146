"""What devices make of changes of the same record, and of another device that comes between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito import AWSError, Cognito, IdentityPool, SyncConflict, SyncDevice
from pytest_cognito.kernel.errors import UsageError
from tests.support.device_settings import put


@pytest.mark.parametrize(
    ("conflicts", "theme"),
    [
        ("last_writer", "blue"),
        ("local", "red"),
        ("remote", "blue"),
        (lambda conflict: f"{conflict.local}-{conflict.remote}", "red-blue"),
        (lambda conflict: None, None),
    ],
)
def test_conflicts(
    phone: SyncDevice,
    conflicting: SyncDevice,
    conflicts: str | Callable[[SyncConflict], str | None],
    theme: str | None,
) -> None:
    result = conflicting.dataset("settings").synchronize(conflicts)

    (conflict,) = result.conflicts
    assert (conflict.dataset, conflict.key, conflict.resolved) == ("settings", "theme", theme)
    assert (conflict.local, conflict.remote, conflict.remote_modified_by) == ("red", "blue", phone.identity.id)
    assert conflict.remote_modified > conflict.local_modified
    assert conflicting.dataset("settings").get("theme") == theme
    assert result.sent == ({} if theme == "blue" else {"theme": theme})
    put(phone)
    assert phone.dataset("settings") == conflicting.dataset("settings")


def test_the_last_writer_may_be_the_device(conflicting: SyncDevice, cognito: Cognito) -> None:
    cognito.clock.advance(minutes=1)
    assert put(conflicting, theme="green").sent == {"theme": "green"}


def test_the_same_change_is_no_conflict(phone: SyncDevice, conflicting: SyncDevice) -> None:
    conflicting.dataset("settings")["theme"] = "blue"

    result = conflicting.dataset("settings").synchronize()
    assert (result.conflicts, result.sent, conflicting.dataset("settings").edits) == ([], {}, {})


def test_a_deletion_meets_a_change(phone: SyncDevice, conflicting: SyncDevice) -> None:
    del conflicting.dataset("settings")["theme"]

    (conflict,) = conflicting.dataset("settings").synchronize("local").conflicts
    assert (conflict.local, conflict.remote) == (None, "blue")
    assert put(phone).received == {"theme": None}


@pytest.mark.parametrize("others", [1, 3])
def test_another_device_comes_between(phone: SyncDevice, tablet: SyncDevice, others: int) -> None:
    """What changed between ListRecords and UpdateRecords is taken in another attempt, of which there are three."""
    put(phone, theme="dark")
    put(tablet)
    left = [str(number) for number in range(others + 1)]

    def meanwhile(conflict: SyncConflict) -> str | None:
        if len(left) > 1:
            put(phone, theme=left.pop())
        return conflict.local

    put(phone, theme="first")
    tablet.dataset("settings")["theme"] = "mine"
    if others == 1:
        assert tablet.dataset("settings").synchronize(meanwhile).sent == {"theme": "mine"}
        assert put(phone).received == {"theme": "mine"}
        return
    with pytest.raises(AWSError, match="ResourceConflictException: Current SyncCount for: theme is: 5 not: 4"):
        tablet.dataset("settings").synchronize(meanwhile)
    assert tablet.dataset("settings") == tablet.dataset("settings").edits == {"theme": "mine"}


def test_a_change_of_another_record_between_is_not_missed(phone: SyncDevice, conflicting: SyncDevice) -> None:
    def meanwhile(conflict: SyncConflict) -> str | None:
        put(phone, size="14")
        return conflict.local

    result = conflicting.dataset("settings").synchronize(meanwhile)

    assert (result.sent, result.received) == ({"theme": "red"}, {"size": "14"})
    assert conflicting.dataset("settings") == {"theme": "red", "size": "14"}
    assert not conflicting.dataset("settings").synchronize()


def test_a_deletion_between_is_not_missed(
    phone: SyncDevice, conflicting: SyncDevice, cognito_identity_pool: IdentityPool
) -> None:
    """The function of the pool runs while a device sends, and another device deletes the dataset and makes it anew."""
    settings = conflicting.dataset("settings")
    put(phone, theme="dark")
    settings.synchronize("remote")
    settings["another"] = "x"

    @cognito_identity_pool.on("SyncTrigger")
    def function(event: dict[str, Any], context: object) -> dict[str, Any]:
        if "another" in event["datasetRecords"]:
            phone.dataset("settings").delete()
            put(phone, fresh="y")
        return event

    settings.synchronize()
    assert settings == {"another": "x", "fresh": "y"}


def test_what_the_applications_function_raises_changes_nothing(conflicting: SyncDevice) -> None:
    def cancel(conflict: SyncConflict) -> str | None:
        raise InterruptedError(conflict.key)

    settings = conflicting.dataset("settings")
    with pytest.raises(InterruptedError, match="theme"):
        settings.synchronize(cancel)
    assert (settings.edits, settings.sync_count) == ({"theme": "red"}, 1)


def test_a_function_gives_a_value_and_puts_none(conflicting: SyncDevice) -> None:
    settings = conflicting.dataset("settings")

    def puts(conflict: SyncConflict) -> str | None:
        settings["theme"] = "x"
        return None

    wrong: list[tuple[Any, str]] = [
        (puts, "gives a value, and puts none"),
        (lambda conflict: settings.synchronize(), "can't synchronize it"),
        (lambda conflict: 1, "a conflict is resolved to a string"),
    ]
    for function, hint in wrong:
        with pytest.raises(UsageError, match=hint):
            settings.synchronize(function)

"""Functions for the SyncTrigger of an identity pool, and its event alone, as a test holds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from pytest_cognito import Cognito, IdentityPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.server.functions import ModuleFunctions
from tests.support.functions import Event, unchanged
from tests.support.sync_devices import SyncDevice, of_guest

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient


@pytest.fixture
def pool(cognito: Cognito) -> IdentityPool:
    return cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)


@pytest.fixture
def device(pool: IdentityPool) -> SyncDevice:
    device = of_guest(pool)
    device.update(theme="dark", draft="x")
    return device


def light(event: Event, context: object) -> Event:
    event["datasetRecords"]["theme"] = {"newValue": "light", "op": "replace"}
    return event


def test_a_function_is_decorated(cognito_sync: CognitoSyncClient, pool: IdentityPool, device: SyncDevice) -> None:
    @pool.on("SyncTrigger")
    def audit(event: Event, context: object) -> Event:
        return light(event, context)

    assert device.update(size="12") == {"size": "12", "theme": "light"}
    [arn] = cognito_sync.get_cognito_events(IdentityPoolId=pool.id)["Events"].values()
    assert arn.startswith("arn:aws:lambda:us-east-1:123456789012:function:audit-SyncTrigger-")


def test_a_function_is_decorated_for_the_only_pool(cognito: Cognito, device: SyncDevice) -> None:
    cognito.triggers.on("SyncTrigger")(light)
    assert device.update(size="12") == {"size": "12", "theme": "light"}
    assert [one.trigger for one in cognito.triggers.of("SyncTrigger")] == ["SyncTrigger"]


def test_invocations_are_found(cognito: Cognito, pool: IdentityPool, device: SyncDevice) -> None:
    assert cognito.triggers.of("SyncTrigger") == []
    with pytest.raises(LookupError, match="SyncTrigger was not invoked; no trigger was"):
        cognito.triggers.last("SyncTrigger")
    pool.set_trigger("SyncTrigger", light)
    device.update(size="12")
    invocation = cognito.triggers.last("SyncTrigger")
    assert repr(invocation) == "<Invocation SyncTrigger changed theme.newValue=light>"
    assert cognito.calls.of("UpdateRecords")[-1].invocations == [invocation]
    assert invocation.event["datasetRecords"]["theme"]["newValue"] == "dark"


def test_a_seeded_function_is_in_every_world(cognito: Cognito, pool: IdentityPool, device: SyncDevice) -> None:
    from pytest_cognito.world import World

    pool.set_trigger("SyncTrigger", light)
    other = Cognito(World.from_snapshot(cognito.world.snapshot()))
    event = other.events.sync_trigger(other.identity_pool(pool.id).identities[0], "preferences", {})
    assert event["datasetRecords"]["theme"]["oldValue"] == "dark"
    [arn] = other.world.functions.registered()
    assert arn in cognito.world.functions.registered()


MISTAKES: dict[str, tuple[Callable[[Cognito, IdentityPool], object], str]] = {
    "no name": (lambda cognito, pool: pool.on(unchanged), r'write @pool.on\("SyncTrigger"\)'),  # type: ignore[arg-type]
    "of user pools": (lambda cognito, pool: pool.on("PreSignUp"), "no trigger 'PreSignUp', but SyncTrigger"),
    "no function": (lambda cognito, pool: pool.set_trigger("SyncTrigger", "f"), "def function"),  # type: ignore[arg-type]
    "a slip": (lambda cognito, pool: cognito.triggers.of("SyncTriger"), "did you mean 'SyncTrigger'"),
    "of several": (
        lambda cognito, pool: (cognito.create_identity_pool(), cognito.triggers.on("SyncTrigger")),
        "there are 2 identity pools; say which one: pool.on",
    ),
    "no identity": (
        lambda cognito, pool: cognito.events.sync_trigger(pool.id, "a", {}),  # type: ignore[arg-type]
        r"such as pool.guest\(\)",
    ),
    "no dataset": (lambda cognito, pool: cognito.events.sync_trigger(pool.guest(), "", {}), "dataset is a string"),
    "no changes": (
        lambda cognito, pool: cognito.events.sync_trigger(pool.guest(), "a", ["b"]),  # type: ignore[arg-type]
        "changes takes a dict",
    ),
}


@pytest.mark.parametrize(("mistake", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_says_what_to_write(
    cognito: Cognito, pool: IdentityPool, mistake: Callable[[Cognito, IdentityPool], object], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        mistake(cognito, pool)


def test_the_event_alone_is_that_of_an_update(cognito: Cognito, pool: IdentityPool, device: SyncDevice) -> None:
    pool.set_trigger("SyncTrigger", unchanged)
    changes = {"theme": "light", "draft": None, "size": "12"}
    event = cognito.events.sync_trigger(device.owner, "preferences", changes)
    assert len(cognito.triggers) == 0
    device.update(**changes)
    assert cognito.triggers.last().event == event


def test_the_server_finds_the_function_of_an_event_by_its_name(
    cognito: Cognito,
    cognito_sync: CognitoSyncClient,
    pool: IdentityPool,
    device: SyncDevice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:light"
    cognito_sync.set_cognito_events(IdentityPoolId=pool.id, Events={"SyncTrigger": arn})
    monkeypatch.setattr(cognito.world.functions, "find", ModuleFunctions(__name__).find)
    assert device.update(size="12") == {"size": "12", "theme": "light"}

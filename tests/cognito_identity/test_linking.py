"""Linking further logins to an identity, merging identities, and unlinking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.identities import (
    ALREADY_LINKED,
    DEVELOPER,
    LOGINS_DO_NOT_MATCH,
    NO_PUBLIC_PROVIDER,
    Identities,
    forbidden,
    no_identity,
    provider_of,
)
from tests.support.refusals import Refusal, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

FULL = "Exceeded the limit of 20 linked logins for an identity."


@pytest.fixture
def identities(cognito: Cognito, cognito_identity: CognitoIdentityClient) -> Identities:
    """An identity pool with two user pools: in each of them one person has a user."""
    return Identities(cognito, cognito_identity, pools=2)


def test_a_guest_who_signs_in_keeps_the_identity(identities: Identities) -> None:
    guest = identities.get()

    assert identities.enter(guest) == guest
    assert identities.enter(guest, identities.login()) == guest
    assert identities.get(identities.login()) == guest
    assert identities.providers(guest) == list(identities.login())


def test_an_identity_that_has_logins_is_no_guest_s(identities: Identities) -> None:
    mine, guest = identities.get(identities.login()), identities.get()
    identities.enter(guest, identities.login("bob"))

    for identity in (mine, guest):
        assert refusal(identities.client.get_open_id_token, IdentityId=identity) == forbidden(identity)


def test_a_guest_who_signs_in_as_a_known_user(identities: Identities) -> None:
    mine, guest = identities.get(identities.login()), identities.get()

    assert identities.enter(guest, identities.login()) == mine
    assert identities.enabled() == {mine}
    assert refusal(identities.client.get_open_id_token, IdentityId=guest) == forbidden(guest)


def test_new_logins_are_linked_to_the_identity_of_the_others(identities: Identities) -> None:
    mine = identities.get(identities.login())

    assert identities.get(identities.login(), identities.login(pool=1)) == mine
    assert identities.get(identities.login(pool=1)) == mine
    assert identities.providers(mine) == [provider_of(pool) for pool in identities.user_pools]


def test_new_logins_together_are_one_identity(identities: Identities) -> None:
    mine = identities.get(identities.login(), identities.login(pool=1))

    assert {identities.get(identities.login(pool=pool)) for pool in (0, 1)} == {mine}


def test_a_login_is_linked_to_an_identity_that_another_one_proves(identities: Identities) -> None:
    mine = identities.get(identities.login())
    alone = {"IdentityId": mine, "Logins": identities.login(pool=1)}

    assert refusal(identities.client.get_open_id_token, **alone) == LOGINS_DO_NOT_MATCH
    assert identities.enter(mine, identities.login(), identities.login(pool=1)) == mine
    assert identities.enter(mine, identities.login(pool=1)) == mine


@pytest.mark.parametrize("first", [0, 1])
def test_the_older_one_of_two_identities_survives(identities: Identities, first: int) -> None:
    older = identities.get(identities.login(pool=first))
    identities.cognito.clock.advance(seconds=1)
    younger = identities.get(identities.login(pool=1 - first))

    assert identities.get(identities.login(), identities.login(pool=1)) == older
    assert identities.enabled() == {older}
    assert {identities.get(identities.login(pool=pool)) for pool in (0, 1)} == {older}
    assert identities.providers(younger) == []
    members = {"IdentityId": younger, "Logins": identities.login(pool=1 - first)}
    assert refusal(identities.client.get_open_id_token, **members) == forbidden(younger)


def test_a_merge_under_the_name_of_the_younger_one(identities: Identities) -> None:
    older = identities.get(identities.login())
    identities.cognito.clock.advance(seconds=1)
    younger = identities.get(identities.login(pool=1))

    assert identities.enter(younger, identities.login(), identities.login(pool=1)) == older


def test_two_users_of_a_provider_are_two_people(identities: Identities) -> None:
    mine = identities.get(identities.login(), identities.login(pool=1))
    bobs = identities.get(identities.login("bob"))
    both = {**identities.login("bob"), **identities.login(pool=1)}
    new = {**identities.login("bob", 1), **identities.login()}

    for logins in (both, new):
        members = {"IdentityPoolId": identities.pool_id, "Logins": logins}
        assert refusal(identities.client.get_id, **members) == ALREADY_LINKED
        entered = {"IdentityId": mine, "Logins": logins}
        assert refusal(identities.client.get_open_id_token, **entered) == ALREADY_LINKED
    assert identities.enabled() == {mine, bobs}
    assert identities.get(identities.login("bob", 1)) not in (mine, bobs)


def test_the_identity_of_another_one(identities: Identities) -> None:
    mine = identities.get(identities.login())
    identities.get(identities.login("bob"))

    members = {"IdentityId": mine, "Logins": identities.login("bob")}
    assert refusal(identities.client.get_open_id_token, **members) == LOGINS_DO_NOT_MATCH


def test_twenty_logins(identities: Identities) -> None:
    identity = identities.developer("user 0")
    for number in range(1, 20):
        identities.developer(f"user {number}", IdentityId=identity)
    other = identities.developer("user 20")
    members = {"IdentityPoolId": identities.pool_id, "Logins": {DEVELOPER: "user 21"}}

    found = refusal(identities.client.get_open_id_token_for_developer_identity, **members, IdentityId=identity)
    assert found == Refusal("ResourceConflictException", FULL)
    merge = {
        "IdentityPoolId": identities.pool_id,
        "DeveloperProviderName": DEVELOPER,
        "SourceUserIdentifier": "user 20",
        "DestinationUserIdentifier": "user 0",
    }
    assert refusal(identities.client.merge_developer_identities, **merge) == found
    assert identities.enabled() == {identity, other}


def test_unlinking(identities: Identities) -> None:
    mine = identities.get(identities.login(), identities.login(pool=1))
    provider = provider_of(identities.user_pools[1])
    identities.client.unlink_identity(IdentityId=mine, Logins=identities.login(), LoginsToRemove=[provider])

    assert identities.providers(mine) == [provider_of(identities.user_pools[0])]
    assert identities.get(identities.login(pool=1)) != mine
    assert identities.get(identities.login()) == mine


def test_an_identity_without_logins_can_not_be_reached(identities: Identities) -> None:
    mine = identities.get(identities.login())
    identities.client.unlink_identity(
        IdentityId=mine, Logins=identities.login(), LoginsToRemove=list(identities.login())
    )

    assert refusal(identities.client.get_open_id_token, IdentityId=mine) == forbidden(mine)
    members = {"IdentityId": mine, "Logins": identities.login()}
    assert refusal(identities.client.get_open_id_token, **members) == LOGINS_DO_NOT_MATCH
    assert identities.get(identities.login()) != mine


def test_who_may_unlink(identities: Identities) -> None:
    mine = identities.get(identities.login())
    guest = identities.get()
    provider = provider_of(identities.user_pools[0])
    unlink = identities.client.unlink_identity

    def refused(identity: str, logins: dict[str, str], *removed: str) -> Refusal:
        return refusal(unlink, IdentityId=identity, Logins=logins, LoginsToRemove=list(removed or [provider]))

    assert refused(mine, {}) == forbidden(mine)
    assert refused(mine, identities.login("bob")) == LOGINS_DO_NOT_MATCH
    assert refused(guest, identities.login()) == LOGINS_DO_NOT_MATCH
    assert refused(mine, identities.login(), DEVELOPER) == NO_PUBLIC_PROVIDER
    assert refused(mine, identities.login(), "nonsense") == NO_PUBLIC_PROVIDER
    other = provider_of(identities.user_pools[1])
    text = f"Login of {other} is not linked to identity '{mine}'."
    assert refused(mine, identities.login(), provider, other) == Refusal("ResourceNotFoundException", text)
    absent = "us-east-1:00000000-0000-4000-8000-000000000000"
    assert refused(absent, identities.login()) == no_identity(absent)
    assert identities.providers(mine) == [provider]


def test_a_disabled_identity_is_not_unlinked(identities: Identities) -> None:
    identities.get(identities.login())
    guest = identities.get()
    identities.enter(guest, identities.login())

    found = refusal(
        identities.client.unlink_identity,
        IdentityId=guest,
        Logins=identities.login(),
        LoginsToRemove=list(identities.login()),
    )
    assert found == forbidden(guest)

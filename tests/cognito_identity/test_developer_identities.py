"""Users whom the developer's own backend authenticates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.identities import (
    ALREADY_LINKED,
    DEVELOPER,
    LOGINS_DO_NOT_MATCH,
    PROVIDER_NOT_SUPPORTED,
    Identities,
    forbidden,
    no_identity,
    no_pool,
)
from tests.support.refusals import Refusal, invalid_parameter, not_authorized, refusal

REGISTERED = Refusal(
    "DeveloperUserAlreadyRegisteredException", "This developer user identifier is already registered with Cognito."
)
ONE = invalid_parameter("Please provide exactly one developer provider.")
NOT_SUPPORTED = not_authorized("This identity pool does not support the specified developer provider")
ABSENT = "us-east-1:00000000-0000-4000-8000-000000000000"


def no_user(name: str) -> Refusal:
    return Refusal("ResourceNotFoundException", f"Developer user '{name}' not found.")


def of_another(name: str, identity_id: str) -> Refusal:
    return Refusal("ResourceConflictException", f"Developer user '{name}' is not linked to identity '{identity_id}'.")


def refused(identities: Identities, logins: dict[str, str], **members: Any) -> Refusal:
    """What GetOpenIdTokenForDeveloperIdentity is refused with."""
    asked = {"IdentityPoolId": identities.pool_id, "Logins": logins, **members}
    return refusal(identities.client.get_open_id_token_for_developer_identity, **asked)


def lookup(identities: Identities, **members: Any) -> tuple[str, list[str]]:
    found = identities.client.lookup_developer_identity(IdentityPoolId=identities.pool_id, **members)
    return found["IdentityId"], found["DeveloperUserIdentifierList"]


def merge(identities: Identities, source: str, destination: str) -> str:
    return identities.client.merge_developer_identities(**merging(identities, source, destination))["IdentityId"]


def merging(identities: Identities, source: str, destination: str) -> dict[str, str]:
    return {
        "IdentityPoolId": identities.pool_id,
        "DeveloperProviderName": DEVELOPER,
        "SourceUserIdentifier": source,
        "DestinationUserIdentifier": destination,
    }


def unlinking(identities: Identities, identity: str, user: str) -> dict[str, str]:
    return {
        "IdentityId": identity,
        "IdentityPoolId": identities.pool_id,
        "DeveloperProviderName": DEVELOPER,
        "DeveloperUserIdentifier": user,
    }


def test_a_user_has_one_identity(identities: Identities) -> None:
    ann = identities.developer("ann")

    assert identities.developer("ann") == ann
    assert identities.developer("ann", IdentityId=ann) == ann
    assert identities.developer("ben") != ann
    assert identities.providers(ann) == [DEVELOPER]


def test_a_user_is_linked_to_an_identity(identities: Identities) -> None:
    guest, ann = identities.get(), identities.developer("ann")

    assert identities.developer("ben", IdentityId=guest) == guest
    assert identities.developer("cid", IdentityId=ann) == ann
    assert lookup(identities, IdentityId=ann) == (ann, ["ann", "cid"])
    assert refused(identities, {DEVELOPER: "ben"}, IdentityId=ann) == REGISTERED
    assert refused(identities, {DEVELOPER: "dan"}, IdentityId=ABSENT) == no_identity(ABSENT)


def test_a_user_who_has_signed_in_elsewhere(identities: Identities) -> None:
    alice = identities.get(identities.login())

    assert refused(identities, {DEVELOPER: "ann"}, IdentityId=alice) == LOGINS_DO_NOT_MATCH
    assert refused(identities, {DEVELOPER: "ann", **identities.login("bob")}, IdentityId=alice) == LOGINS_DO_NOT_MATCH
    assert identities.developer("ann", identities.login(), IdentityId=alice) == alice
    assert identities.developer("ann") == alice


def test_a_login_leads_to_the_identity(identities: Identities) -> None:
    alice = identities.get(identities.login())
    ann = identities.developer("ann")
    identities.cognito.clock.advance(seconds=1)

    assert identities.developer("ben", identities.login()) == alice
    assert identities.developer("ben") == alice
    assert identities.developer("ann", identities.login("bob")) == ann
    assert identities.get(identities.login("bob")) == ann


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), ONE),
        ((DEVELOPER, "mine"), ONE),
        (("mine", "yours"), ONE),
        (("mine",), NOT_SUPPORTED),
        (("login.example",), NOT_SUPPORTED),
        ((DEVELOPER, "idp.example.com"), PROVIDER_NOT_SUPPORTED),
    ],
)
def test_there_is_one_developer_provider(identities: Identities, names: tuple[str, ...], expected: Refusal) -> None:
    assert refused(identities, dict.fromkeys(names, "ann")) == expected
    assert identities.enabled() == set()


def test_logins_of_users_alone(identities: Identities) -> None:
    assert refused(identities, identities.login()) == ONE


def test_an_unknown_pool(identities: Identities) -> None:
    members = {"IdentityPoolId": ABSENT}

    assert refused(identities, {DEVELOPER: "ann"}, **members) == no_pool(ABSENT)
    client = identities.client
    assert refusal(client.lookup_developer_identity, **members, IdentityId=ABSENT) == no_pool(ABSENT)
    assert refusal(client.merge_developer_identities, **merging(identities, "a", "b") | members) == no_pool(ABSENT)
    unlink = unlinking(identities, ABSENT, "a") | members
    assert refusal(client.unlink_developer_identity, **unlink) == no_pool(ABSENT)


def test_looking_up(identities: Identities) -> None:
    ann, ben = identities.developer("ann"), identities.developer("ben")

    assert lookup(identities, DeveloperUserIdentifier="ann") == (ann, ["ann"])
    assert lookup(identities, IdentityId=ann) == (ann, ["ann"])
    assert lookup(identities, IdentityId=ann, DeveloperUserIdentifier="ann") == (ann, ["ann"])
    assert lookup(identities, IdentityId=(alice := identities.get(identities.login()))) == (alice, [])
    look, pool = identities.client.lookup_developer_identity, {"IdentityPoolId": identities.pool_id}
    mixed = refusal(look, **pool, IdentityId=ben, DeveloperUserIdentifier="ann")
    assert mixed == of_another("ann", ben)
    neither = invalid_parameter("Either IdentityId or DeveloperUserIdentifier must be provided.")
    assert refusal(look, **pool) == neither
    assert refusal(look, **pool, DeveloperUserIdentifier="cid") == no_user("cid")
    assert refusal(look, **pool, IdentityId=ABSENT) == no_identity(ABSENT)


def test_the_users_of_an_identity_by_pages(identities: Identities) -> None:
    ann = identities.developer("ann", identities.login())
    for name in ("ben", "cid"):
        identities.developer(name, identities.login(), IdentityId=ann)
    members: dict[str, Any] = {"IdentityPoolId": identities.pool_id, "IdentityId": ann, "MaxResults": 2}

    first = identities.client.lookup_developer_identity(**members)
    rest = identities.client.lookup_developer_identity(**members, NextToken=first["NextToken"])
    assert (first["DeveloperUserIdentifierList"], rest["DeveloperUserIdentifierList"]) == (["ann", "ben"], ["cid"])
    assert "NextToken" not in rest
    wrong = refusal(identities.client.lookup_developer_identity, **members, NextToken="wrong")
    assert wrong == invalid_parameter("Invalid pagination token.")


def test_an_identity_of_another_pool(identities: Identities) -> None:
    other = Identities(identities.cognito, identities.client)
    theirs = other.developer("ann")

    assert refused(identities, {DEVELOPER: "ann"}, IdentityId=theirs) == no_identity(theirs)
    members = {"IdentityPoolId": identities.pool_id, "IdentityId": theirs}
    assert refusal(identities.client.lookup_developer_identity, **members) == no_identity(theirs)
    unlink = unlinking(identities, theirs, "ann")
    assert refusal(identities.client.unlink_developer_identity, **unlink) == no_identity(theirs)


def test_merging(identities: Identities) -> None:
    ann, ben = identities.developer("ann", identities.login()), identities.developer("ben")

    assert merge(identities, "ann", "ben") == ben
    assert identities.enabled() == {ben}
    assert (identities.developer("ann"), identities.get(identities.login())) == (ben, ben)
    assert lookup(identities, IdentityId=ben) == (ben, ["ann", "ben"])
    assert refused(identities, {DEVELOPER: "cid"}, IdentityId=ann) == forbidden(ann)
    assert merge(identities, "ann", "ben") == ben


def test_what_is_not_merged(identities: Identities) -> None:
    ann = identities.developer("ann", identities.login())
    ben = identities.developer("ben", identities.login("bob"))
    call = identities.client.merge_developer_identities

    assert refusal(call, **merging(identities, "ann", "ben")) == ALREADY_LINKED
    assert refusal(call, **merging(identities, "ann", "cid")) == no_user("cid")
    strange = merging(identities, "ann", "ben") | {"DeveloperProviderName": "mine"}
    assert refusal(call, **strange) == NOT_SUPPORTED
    assert identities.enabled() == {ann, ben}


def test_unlinking(identities: Identities) -> None:
    ann, ben = identities.developer("ann"), identities.developer("ben")
    call = identities.client.unlink_developer_identity

    assert refusal(call, **unlinking(identities, ben, "ann")) == of_another("ann", ben)
    assert refusal(call, **unlinking(identities, ann, "cid")) == no_user("cid")
    strange = unlinking(identities, ann, "ann") | {"DeveloperProviderName": "mine"}
    assert refusal(call, **strange) == NOT_SUPPORTED
    call(**unlinking(identities, ann, "ann"))
    assert identities.providers(ann) == []
    assert identities.developer("ann") not in (ann, ben)
    assert refused(identities, {DEVELOPER: "dan"}, IdentityId=ann) == LOGINS_DO_NOT_MATCH

"""GetId: the identity of a user, of a guest, and of nobody."""

from __future__ import annotations

import json
import re

import boto3
import pytest
import requests
from botocore import UNSIGNED
from botocore.config import Config

from pytest_cognito.cognito import Cognito
from pytest_cognito.http import hosts
from tests.support.identities import NO_GUESTS, Identities, no_identity, no_pool
from tests.support.refusals import refusal


def test_each_guest_is_a_new_one(identities: Identities) -> None:
    guests = {identities.get() for _ in range(3)}

    assert len(guests) == 3
    assert all(re.fullmatch(r"us-east-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guest) for guest in guests)
    assert [identities.providers(guest) for guest in guests] == [[]] * 3


def test_a_pool_without_guests(identities: Identities) -> None:
    guest = identities.get()
    identities.update(AllowUnauthenticatedIdentities=False)
    before = identities.enabled()

    assert refusal(identities.client.get_id, IdentityPoolId=identities.pool_id) == NO_GUESTS
    assert refusal(identities.client.get_open_id_token, IdentityId=guest) == NO_GUESTS
    assert identities.enabled() == before
    assert identities.get(identities.login())


def test_a_user_has_one_identity_for_ever(identities: Identities) -> None:
    first = identities.get(identities.login())
    identities.cognito.clock.advance(days=400)

    assert identities.get(identities.login()) == first
    assert identities.providers(first) == list(identities.login())
    assert identities.get(identities.login("bob")) != first


def test_a_user_has_another_identity_in_another_pool(cognito: Cognito, identities: Identities) -> None:
    other = Identities(cognito, identities.client, CognitoIdentityProviders=[])
    other.update(CognitoIdentityProviders=identities.settings["CognitoIdentityProviders"])

    assert other.get(identities.login()) != identities.get(identities.login())


def test_a_user_whose_identity_was_deleted_gets_a_new_one(identities: Identities) -> None:
    first = identities.get(identities.login())
    identities.client.delete_identities(IdentityIdsToDelete=[first])

    assert identities.get(identities.login()) != first
    assert refusal(identities.client.get_open_id_token, IdentityId=first, Logins=identities.login()) == no_identity(
        first
    )


def test_the_user_pool_may_be_in_another_region(identities: Identities) -> None:
    there = boto3.client("cognito-identity", region_name="eu-west-1")
    pool = there.create_identity_pool(**identities.settings)["IdentityPoolId"]
    identity = there.get_id(IdentityPoolId=pool, Logins=identities.login())["IdentityId"]

    assert identity.startswith("eu-west-1:")
    assert refusal(identities.client.get_id, IdentityPoolId=pool) == no_pool(pool)
    assert refusal(identities.client.describe_identity, IdentityId=identity) == no_identity(identity)


def test_the_account_of_the_pool(identities: Identities) -> None:
    get_id, pool = identities.client.get_id, identities.pool_id

    assert get_id(IdentityPoolId=pool, AccountId="123456789012")["IdentityId"]
    assert refusal(get_id, IdentityPoolId=pool, AccountId="999999999999") == no_pool(pool)


def test_an_unknown_pool(identities: Identities) -> None:
    absent = "us-east-1:00000000-0000-4000-8000-000000000000"

    assert refusal(identities.client.get_id, IdentityPoolId=absent, Logins=identities.login()) == no_pool(absent)


def test_no_signature_is_needed(identities: Identities) -> None:
    unsigned = boto3.client("cognito-identity", region_name="us-east-1", config=Config(signature_version=UNSIGNED))
    identity = unsigned.get_id(IdentityPoolId=identities.pool_id, Logins=identities.login())["IdentityId"]

    assert unsigned.get_open_id_token(IdentityId=identity, Logins=identities.login())["IdentityId"] == identity
    logins = identities.login()
    unsigned.unlink_identity(IdentityId=identity, Logins=logins, LoginsToRemove=list(logins))
    assert identities.providers(identity) == []


@pytest.mark.parametrize("prefix", ["", "com.amazonaws.cognito.identity.model."])
def test_over_http(identities: Identities, prefix: str) -> None:
    """As a page does that has no SDK; older ones have a longer name for the service."""
    answer = requests.post(
        f"https://{hosts.endpoint('cognito-identity', 'us-east-1')}/",
        data=json.dumps({"IdentityPoolId": identities.pool_id}),
        headers={
            "X-Amz-Target": f"{prefix}AWSCognitoIdentityService.GetId",
            "Content-Type": "application/x-amz-json-1.1",
        },
        timeout=5,
    )

    assert (answer.status_code, list(answer.json())) == (200, ["IdentityId"])

"""Identity pools: making, reading, changing, listing and deleting them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest
from botocore import xform_name

from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_identity import records
from pytest_cognito.state.schema import Schema
from tests.support import identity_pools, smallest
from tests.support.identity_pools import (
    ACCOUNT,
    ALL_PROVIDERS,
    CLIENT,
    NOBODY,
    USER_POOL,
    MakeIdentity,
    invalid,
    no_identity_pool,
    role,
)
from tests.support.refusals import Refusal, invalid_parameter, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

UUID = re.compile("us-east-1:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SERVICE = "cognito-identity"
LEAST: dict[str, Any] = {"IdentityPoolName": "app", "AllowUnauthenticatedIdentities": False}


def settings(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def described(client: CognitoIdentityClient, pool_id: str) -> dict[str, Any]:
    return settings(client.describe_identity_pool(IdentityPoolId=pool_id))


def test_a_pool_has_what_it_was_given_and_nothing_else(cognito_identity: CognitoIdentityClient) -> None:
    made = settings(cognito_identity.create_identity_pool(**LEAST))

    assert UUID.fullmatch(made.pop("IdentityPoolId"))
    assert made == {**LEAST, "IdentityPoolTags": {}}


def test_a_pool_with_every_kind_of_provider(cognito_identity: CognitoIdentityClient) -> None:
    made = settings(cognito_identity.create_identity_pool(**ALL_PROVIDERS))

    assert made == {"IdentityPoolId": made["IdentityPoolId"], **ALL_PROVIDERS}
    assert described(cognito_identity, made["IdentityPoolId"]) == made


def test_two_pools_may_have_one_name(cognito_identity: CognitoIdentityClient) -> None:
    first, second = (cognito_identity.create_identity_pool(**LEAST)["IdentityPoolId"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize("classic", [True, False, None])
def test_the_classic_flow_is_on_or_off_or_was_never_set(
    cognito_identity: CognitoIdentityClient, classic: bool | None
) -> None:
    given: dict[str, Any] = {} if classic is None else {"AllowClassicFlow": classic}
    pool = cognito_identity.create_identity_pool(**LEAST, **given)
    assert described(cognito_identity, pool["IdentityPoolId"]).get("AllowClassicFlow") is classic


def test_a_pool_is_in_its_region(
    cognito_identity: CognitoIdentityClient, elsewhere: CognitoIdentityClient, identity_pool: str
) -> None:
    there = elsewhere.create_identity_pool(**LEAST)["IdentityPoolId"]

    assert there.startswith("eu-west-1:")
    assert refusal(elsewhere.describe_identity_pool, IdentityPoolId=identity_pool) == no_identity_pool(identity_pool)
    assert refusal(cognito_identity.delete_identity_pool, IdentityPoolId=there) == no_identity_pool(there)


ABROAD = USER_POOL.replace("us-east-1_", "eu-west-1_")
"""A user pool of another region than the host that it is said to be at."""


def user_pools(*providers: dict[str, str]) -> dict[str, Any]:
    return {"CognitoIdentityProviders": list(providers)}


def limit(message: str) -> Refusal:
    return Refusal("LimitExceededException", message)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (user_pools({"ClientId": CLIENT}), identity_pools.INVALID_USER_POOL),
        (user_pools({"ProviderName": USER_POOL}), identity_pools.INVALID_USER_POOL),
        (user_pools({"ProviderName": f"https://{USER_POOL}", "ClientId": CLIENT}), identity_pools.INVALID_USER_POOL),
        (user_pools({"ProviderName": ABROAD, "ClientId": CLIENT}), identity_pools.INVALID_USER_POOL),
        (
            user_pools(*({"ProviderName": USER_POOL, "ClientId": f"{n}"} for n in range(51))),
            limit("The maximum number of Cognito Identity Providers of an identity pool is 50."),
        ),
        ({"SupportedLoginProviders": {"facebook": "1"}}, invalid_parameter("Please provide a valid public provider.")),
        (
            {"SupportedLoginProviders": {"api.twitter.com": "key"}},
            invalid_parameter("Invalid consumer key and secret for: api.twitter.com"),
        ),
        (
            {"OpenIdConnectProviderARNs": [identity_pools.SAML]},
            invalid_parameter(f"Invalid OpenIdConnect provider: {identity_pools.SAML}"),
        ),
        (
            {"SamlProviderARNs": ["arn:aws:iam::999999999999:saml-provider/acme"]},
            invalid_parameter("Invalid SAML provider: arn:aws:iam::999999999999:saml-provider/acme"),
        ),
        (
            {"IdentityPoolTags": {"AWS:owner": "me"}},
            invalid_parameter("Tag keys can't begin with aws:, which is reserved."),
        ),
        (
            {"IdentityPoolTags": {str(number): "" for number in range(51)}},
            invalid_parameter("The maximum number of tags of an identity pool is 50."),
        ),
    ],
)
def test_what_is_no_provider_and_no_tag(
    cognito_identity: CognitoIdentityClient, identity_pool: str, given: dict[str, Any], error: Refusal
) -> None:
    before = described(cognito_identity, identity_pool)

    assert refusal(cognito_identity.create_identity_pool, **LEAST, **given) == error
    update = {"IdentityPoolId": identity_pool, **LEAST, **given}
    assert refusal(cognito_identity.update_identity_pool, **update) == error
    assert cognito_identity.list_identity_pools(MaxResults=60)["IdentityPools"] == [
        {"IdentityPoolId": identity_pool, "IdentityPoolName": "guests"}
    ]
    assert described(cognito_identity, identity_pool) == before


def test_violated_constraints_are_named_together(careless: CognitoIdentityClient) -> None:
    name = "a" * 129
    assert refusal(careless.create_identity_pool, IdentityPoolName=name) == invalid(
        f"Value '{name}' at 'identityPoolName' failed to satisfy constraint: "
        "Member must have length less than or equal to 128",
        "Value null at 'allowUnauthenticatedIdentities' failed to satisfy constraint: Member must not be null",
    )
    assert refusal(careless.describe_identity_pool, IdentityPoolId="us-east-2:mock") == invalid(
        "Value 'us-east-2:mock' at 'identityPoolId' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w-]+:[0-9a-f-]+"
    )
    assert refusal(careless.list_identity_pools) == invalid(
        "Value null at 'maxResults' failed to satisfy constraint: Member must not be null"
    )


def test_an_update_replaces_everything(cognito_identity: CognitoIdentityClient) -> None:
    pool_id = cognito_identity.create_identity_pool(**ALL_PROVIDERS)["IdentityPoolId"]

    updated = settings(cognito_identity.update_identity_pool(IdentityPoolId=pool_id, **LEAST))

    kept = {"DeveloperProviderName": "login.example.com", "IdentityPoolTags": {"team": "notes"}}
    assert updated == {"IdentityPoolId": pool_id, **LEAST, **kept}
    assert described(cognito_identity, pool_id) == updated


def test_tags_of_an_update_replace_those_of_the_pool(cognito_identity: CognitoIdentityClient) -> None:
    pool_id = cognito_identity.create_identity_pool(**ALL_PROVIDERS)["IdentityPoolId"]
    updated = cognito_identity.update_identity_pool(IdentityPoolId=pool_id, **LEAST, IdentityPoolTags={"stage": "test"})
    assert updated["IdentityPoolTags"] == {"stage": "test"}


def test_the_name_of_the_developer_provider_is_set_once(
    cognito_identity: CognitoIdentityClient, identity_pool: str
) -> None:
    names = {"IdentityPoolId": identity_pool, **LEAST}
    cognito_identity.update_identity_pool(**names, DeveloperProviderName="login.example.com")
    cognito_identity.update_identity_pool(**names, DeveloperProviderName="login.example.com")

    error = refusal(cognito_identity.update_identity_pool, **names, DeveloperProviderName="other")

    assert error == invalid_parameter("The developer provider name can't be changed once it is set.")
    assert described(cognito_identity, identity_pool)["DeveloperProviderName"] == "login.example.com"


def test_pools_are_listed_in_pages(cognito_identity: CognitoIdentityClient, elsewhere: CognitoIdentityClient) -> None:
    made = {cognito_identity.create_identity_pool(**LEAST)["IdentityPoolId"] for _ in range(5)}
    elsewhere.create_identity_pool(**LEAST)

    pages = list(cognito_identity.get_paginator("list_identity_pools").paginate(PaginationConfig={"PageSize": 2}))

    assert [len(page["IdentityPools"]) for page in pages] == [2, 2, 1]
    listed = [pool for page in pages for pool in page["IdentityPools"]]
    assert {pool["IdentityPoolId"] for pool in listed} == made
    assert {pool["IdentityPoolName"] for pool in listed} == {"app"}


@pytest.mark.parametrize("token", ["nonsense", "WyJMaXN0VXNlclBvb2xzIiwgWyJ4Il1d", "W1tb" * 10_000])
def test_a_token_of_another_listing(cognito_identity: CognitoIdentityClient, token: str) -> None:
    error = refusal(cognito_identity.list_identity_pools, MaxResults=1, NextToken=token)
    assert error == identity_pools.PAGINATION_TOKEN_INVALID


def test_an_account_has_a_thousand_pools_at_most(cognito: Cognito, cognito_identity: CognitoIdentityClient) -> None:
    for _ in range(1000):
        cognito.call("CreateIdentityPool", service=SERVICE, **LEAST)
    error = refusal(cognito_identity.create_identity_pool, **LEAST)
    assert error == limit("The maximum number of identity pools has been reached.")


def test_what_belongs_to_a_pool_goes_with_it(
    cognito_identity: CognitoIdentityClient, make_identity: MakeIdentity, tables: Callable[[], dict[str, int]]
) -> None:
    pool_id, other = (cognito_identity.create_identity_pool(**ALL_PROVIDERS)["IdentityPoolId"] for _ in range(2))
    for each in (pool_id, other):
        cognito_identity.set_identity_pool_roles(IdentityPoolId=each, Roles={"authenticated": role("app")})
        cognito_identity.set_principal_tag_attribute_map(
            IdentityPoolId=each, IdentityProviderName=USER_POOL, UseDefaults=True
        )
        make_identity(each, USER_POOL, "graph.facebook.com")
        make_identity(each)
    before = tables()

    cognito_identity.delete_identity_pool(IdentityPoolId=pool_id)

    assert tables() == {name: number // 2 for name, number in before.items()}
    assert len(before) == 4
    assert described(cognito_identity, other)["DeveloperProviderName"] == "login.example.com"
    for operation in ("describe_identity_pool", "delete_identity_pool", "get_identity_pool_roles"):
        assert refusal(getattr(cognito_identity, operation), IdentityPoolId=pool_id) == no_identity_pool(pool_id)


def test_every_record_belongs_to_an_identity_pool() -> None:
    schemas = [schema for schema in vars(records).values() if isinstance(schema, Schema)]

    def belongs(schema: Schema[Any]) -> bool:
        return schema is records.POOLS or any(map(belongs, schema.owners))

    assert [schema.name for schema in schemas if not belongs(schema)] == []
    assert len(schemas) >= 4


def test_a_user_pool_that_is_deleted_stays_a_provider(
    cognito: Cognito, cognito_identity: CognitoIdentityClient
) -> None:
    user_pool = cognito.create_user_pool(id="us-east-1_Ab0Cd1Ef2")
    pool_id = cognito_identity.create_identity_pool(**ALL_PROVIDERS)["IdentityPoolId"]

    user_pool.call("DeleteUserPool")

    assert described(cognito_identity, pool_id)["CognitoIdentityProviders"][0]["ProviderName"] == USER_POOL


def test_no_operation_knows_a_pool_that_is_not_there(cognito_identity: CognitoIdentityClient) -> None:
    names = list(smallest.operations("IdentityPoolId", service=SERVICE))
    given = {"IdentityPoolId": NOBODY, "IdentityId": NOBODY}
    for name in names:
        request = smallest.request(name, SERVICE, **given)
        assert refusal(getattr(cognito_identity, xform_name(name)), **request) == no_identity_pool(NOBODY), name
    assert len(names) >= 9


def pinned(cognito: Cognito, pool_id: str, **parameters: Any) -> dict[str, Any]:
    pins = {"identity_pool": pool_id}
    return cognito.call("CreateIdentityPool", service=SERVICE, pins=pins, **LEAST, **parameters)


def test_a_test_chooses_the_id(cognito: Cognito, cognito_identity: CognitoIdentityClient) -> None:
    assert pinned(cognito, NOBODY)["IdentityPoolId"] == NOBODY
    tagged = cognito_identity.create_identity_pool(**LEAST, IdentityPoolTags={"_custom_id_": "us-east-1:abc-1"})
    assert tagged["IdentityPoolId"] == "us-east-1:abc-1"

    taken = refusal(cognito_identity.create_identity_pool, **LEAST, IdentityPoolTags={"_custom_id_": NOBODY})
    assert taken == Refusal("ResourceConflictException", f"IdentityPool '{NOBODY}' already exists.")


@pytest.mark.parametrize("pool_id", ["us-east-1:xyz", "eu-west-1:abc", f"us-east-1:{'a' * 50}"])
def test_an_id_has_the_form_of_ids(cognito_identity: CognitoIdentityClient, pool_id: str) -> None:
    error = refusal(cognito_identity.create_identity_pool, **LEAST, IdentityPoolTags={"_custom_id_": pool_id})
    assert error == invalid(
        f"Value '{pool_id}' at 'identityPoolId' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w-]+:[0-9a-f-]+"
    )


def test_a_pool_has_an_arn_of_its_account(cognito_identity: CognitoIdentityClient, identity_pool: str) -> None:
    arn = f"arn:aws:cognito-identity:us-east-1:{ACCOUNT}:identitypool/{identity_pool}"
    cognito_identity.tag_resource(ResourceArn=arn, Tags={"team": "notes"})
    assert described(cognito_identity, identity_pool)["IdentityPoolTags"] == {"team": "notes"}

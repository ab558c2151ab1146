"""Which role an identity gets by the roles and the role mappings of its pool."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_identity import IdentityPool
from pytest_cognito.cognito_identity.rules import role_choice
from pytest_cognito.federation.web_identity import WebIdentity
from tests.support.identity_pools import ACCOUNT, ALL_PROVIDERS, CLIENT, OIDC, SAML, SAML_ROLES, USER_POOL, role, rule

APP, GUEST, ADMIN, READER = map(role, ("app", "guest", "admin", "reader"))
KEY = f"{USER_POOL}:{CLIENT}"
DENIED = ("NotAuthorizedException", f"The ambiguous role mapping rules for: {KEY} denied this request.")
NO_ROLE = (
    "InvalidIdentityPoolConfigurationException",
    "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
)


def pool(mappings: dict[str, Any] | None = None, **roles: str) -> IdentityPool:
    return IdentityPool(
        id="us-east-1:00000000-0000-4000-8000-000000000000",
        region="us-east-1",
        account=ACCOUNT,
        settings=ALL_PROVIDERS,
        tags={},
        roles=roles or {"authenticated": APP, "unauthenticated": GUEST},
        role_mappings=mappings or {},
        created=dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
    )


def login(provider: str = USER_POOL, audience: str = CLIENT, **claims: Any) -> WebIdentity:
    return WebIdentity(provider, "alice", audience, {"sub": "alice", "aud": audience, **claims})


def chosen(*arguments: Any) -> str | tuple[str, str]:
    """The role, or the code and the message of the refusal."""
    try:
        return role_choice.choose(*arguments)
    except AWSError as error:
        return error.code, error.message


def by_token(resolution: str = "Deny", key: str = KEY) -> dict[str, Any]:
    return {key: {"Type": "Token", "AmbiguousRoleResolution": resolution}}


def by_rules(*rules: Any, resolution: str = "Deny", key: str = KEY) -> dict[str, Any]:
    return {key: {"Type": "Rules", "AmbiguousRoleResolution": resolution, "RulesConfiguration": {"Rules": [*rules]}}}


def test_without_mappings_it_is_the_role_of_the_pool() -> None:
    assert chosen(pool(), []) == GUEST
    assert chosen(pool(), [login(**{"cognito:preferred_role": ADMIN})]) == APP
    assert chosen(pool(), [login("cognito-identity.example", "pool")]) == APP
    assert chosen(pool(), [login()], ADMIN) == APP


def test_a_pool_without_the_role() -> None:
    assert chosen(pool(authenticated=APP), []) == NO_ROLE
    assert chosen(pool(unauthenticated=GUEST), [login()]) == NO_ROLE
    assert chosen(pool(by_token("AuthenticatedRole"), unauthenticated=GUEST), [login()]) == NO_ROLE


@pytest.mark.parametrize(
    ("claims", "custom", "role_arn"),
    [
        ({"cognito:roles": [READER, ADMIN], "cognito:preferred_role": ADMIN}, None, ADMIN),
        ({"cognito:roles": [READER, ADMIN], "cognito:preferred_role": ADMIN}, READER, READER),
        ({"cognito:roles": f"{READER},{ADMIN}"}, READER, READER),
        ({"cognito:roles": [READER], "cognito:preferred_role": READER}, ADMIN, None),
        ({}, ADMIN, None),
    ],
)
@pytest.mark.parametrize("resolution", ["Deny", "AuthenticatedRole"])
def test_a_token_names_the_role(
    claims: dict[str, Any], custom: str | None, role_arn: str | None, resolution: str
) -> None:
    assert chosen(pool(by_token(resolution)), [login(**claims)], custom) == (role_arn or DENIED)


@pytest.mark.parametrize("claims", [{}, {"cognito:roles": [READER, ADMIN]}])
def test_a_token_that_does_not_say_which(claims: dict[str, Any]) -> None:
    assert chosen(pool(by_token("AuthenticatedRole")), [login(**claims)]) == APP
    assert chosen(pool(by_token("Deny")), [login(**claims)]) == DENIED


@pytest.mark.parametrize(
    ("match_type", "value", "claim", "matches"),
    [
        ("Equals", "legal", "legal", True),
        ("Equals", "legal", "Legal", False),
        ("Equals", "true", True, True),
        ("Equals", "7", 7, True),
        ("Equals", "legal", ["sales", "legal"], True),
        ("Equals", "*", "legal", False),
        ("NotEqual", "legal", "sales", True),
        ("NotEqual", "legal", "legal", False),
        ("NotEqual", "legal", ["sales", "legal"], False),
        ("NotEqual", "legal", None, False),
        ("StartsWith", "leg", "legal", True),
        ("StartsWith", "egal", "legal", False),
        ("Contains", "ega", "legal", True),
        ("Contains", "legal", ["illegal"], True),
        ("Contains", "x", "legal", False),
        ("Contains", "x", None, False),
    ],
)
def test_a_rule_matches_a_claim(match_type: str, value: str, claim: object, matches: bool) -> None:
    claims: dict[str, Any] = {} if claim is None else {"department": claim}
    mapped = pool(by_rules(rule("department", match_type, value, "reader")))
    assert chosen(mapped, [login(**claims)]) == (READER if matches else DENIED)


def test_the_first_rule_that_matches_decides_unless_the_request_does() -> None:
    rules = (
        rule("department", "Equals", "sales", "guest"),
        rule("department", "Equals", "legal", "reader"),
        rule("department", "StartsWith", "l", "admin"),
    )
    lawyer = [login(department="legal")]
    assert chosen(pool(by_rules(*rules)), lawyer) == READER
    assert chosen(pool(by_rules(*rules)), lawyer, ADMIN) == ADMIN
    assert chosen(pool(by_rules(*rules)), lawyer, GUEST) == DENIED
    assert chosen(pool(by_rules(*rules, resolution="AuthenticatedRole")), [login(department="it")]) == APP


def test_facebook_and_amazon_have_three_claims() -> None:
    key = "graph.facebook.com"
    user = [login(key, "1234567890", email="alice@example.com")]
    denied = (DENIED[0], DENIED[1].replace(KEY, key))
    assert chosen(pool(by_rules(rule("sub", "Equals", "alice", "reader"), key=key)), user) == READER
    assert chosen(pool(by_rules(rule("aud", "Equals", "1234567890", "reader"), key=key)), user) == READER
    assert chosen(pool(by_rules(rule("iss", "Equals", key, "reader"), key=key)), user) == READER
    assert chosen(pool(by_rules(rule("email", "Contains", "@", "reader"), key=key)), user) == denied


def test_a_provider_of_openid_connect_is_named_by_its_arn() -> None:
    user = [login("idp.example.com/realm", "app", department="legal")]
    assert chosen(pool(by_rules(rule("department", "Equals", "legal", "reader"), key=OIDC)), user) == READER


def test_the_mapping_is_that_of_the_app_client() -> None:
    assert chosen(pool(by_token()), [login(audience="another")]) == APP


def test_of_several_logins_the_first_with_a_mapping_decides() -> None:
    both = [login("accounts.google.com", "google"), login(**{"cognito:preferred_role": ADMIN})]
    assert chosen(pool(by_token()), both) == ADMIN


def asserted(*roles: str, provider: str = SAML) -> list[WebIdentity]:
    return [login(SAML, "https://app.example.com", **{SAML_ROLES: [f"{role},{provider}" for role in roles]})]


def test_an_assertion_names_its_roles() -> None:
    several = ("NotAuthorizedException", f"The ambiguous role mapping rules for: {SAML} denied this request.")
    assert chosen(pool(), asserted()) == APP
    assert chosen(pool(), asserted(READER)) == READER
    assert chosen(pool(), asserted(READER, ADMIN), ADMIN) == ADMIN
    assert chosen(pool(), asserted(READER, ADMIN)) == several
    assert chosen(pool(), asserted(READER), ADMIN) == several
    assert chosen(pool(), asserted(READER, provider=f"{SAML}2")) == APP
    assert chosen(pool(), [login(SAML, "app", **{SAML_ROLES: f"{SAML}, {READER}"})]) == READER


def test_a_mapping_by_token_takes_the_roles_of_an_assertion() -> None:
    mapped = pool(by_token(key=SAML, resolution="AuthenticatedRole"))
    assert chosen(mapped, asserted(READER)) == READER
    assert chosen(mapped, asserted(READER, ADMIN), READER) == READER
    assert chosen(mapped, asserted(READER, ADMIN)) == APP


def test_only_assertions_name_roles_by_that_attribute() -> None:
    assert chosen(pool(), [login(**{SAML_ROLES: f"{READER},{USER_POOL}"})]) == APP


# What rules come to, said once more in the plainest way: no lists, no iterators, one rule after the other.

PLAIN: dict[str, Callable[[str, str], bool]] = {
    "Equals": lambda claim, value: claim == value,
    "NotEqual": lambda claim, value: claim != value,
    "StartsWith": lambda claim, value: claim[: len(value)] == value,
    "Contains": lambda claim, value: claim.find(value) >= 0,
}
CLAIMS = st.sampled_from(["department", "level", "email"])
VALUES = st.text("ab@", min_size=1, max_size=3)
ROLES = st.sampled_from(["reader", "admin", "guest"])
RULES = st.lists(st.builds(rule, CLAIMS, st.sampled_from(sorted(PLAIN)), VALUES, ROLES), min_size=1, max_size=5)


def plainly(rules: list[Any], claims: dict[str, str], resolution: str, custom: str | None) -> str | tuple[str, str]:
    for each in rules:
        if each["Claim"] not in claims:
            continue
        if not PLAIN[each["MatchType"]](claims[each["Claim"]], each["Value"]):
            continue
        if custom is None or custom == each["RoleARN"]:
            return str(each["RoleARN"])
    return APP if resolution == "AuthenticatedRole" else DENIED


@given(
    RULES,
    st.dictionaries(CLAIMS, VALUES),
    st.sampled_from(["Deny", "AuthenticatedRole"]),
    st.none() | ROLES.map(role),
)
def test_rules_come_to_what_they_say(
    rules: list[Any], claims: dict[str, str], resolution: str, custom: str | None
) -> None:
    mapped = pool(by_rules(*rules, resolution=resolution))
    assert chosen(mapped, [login(**claims)], custom) == plainly(rules, claims, resolution, custom)


@given(
    st.lists(ROLES.map(role), max_size=3),
    st.none() | ROLES.map(role),
    st.sampled_from(["Deny", "AuthenticatedRole"]),
    st.none() | ROLES.map(role),
)
def test_no_role_comes_out_of_a_token_that_is_not_in_it(
    roles: list[str], preferred: str | None, resolution: str, custom: str | None
) -> None:
    claims: dict[str, Any] = {"cognito:roles": roles}
    if preferred is not None:
        claims["cognito:preferred_role"] = preferred

    outcome = chosen(pool(by_token(resolution)), [login(**claims)], custom)

    assert outcome in (*roles, preferred, APP, DENIED)
    if custom is not None:
        assert outcome == (custom if custom in roles else DENIED)
    elif preferred is not None:
        assert outcome == preferred
    else:
        assert outcome == (APP if resolution == "AuthenticatedRole" else DENIED)

"""What a point-in-time recovery brings back of users of identity providers: their identities, with the users."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp.records import IDENTITIES, SUBJECT
from pytest_cognito.kernel.clock import Clock
from tests.support.app import App, MakeApp
from tests.support.recoveries import Recovery

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

pytestmark = pytest.mark.needs("InitiatePointInTimeRecovery")


@pytest.fixture
def clock(cognito: Cognito) -> Clock:
    return cognito.clock


def later(clock: Clock) -> dt.datetime:
    """A moment, after which an hour has passed."""
    moment = clock.advance(hours=1)
    clock.advance(hours=1)
    return moment


def test_users_of_identity_providers(make_app: MakeApp, clock: Clock) -> None:
    app = make_app()
    google = app.pool.create_identity_provider("Google")
    google.sign_in("1")
    bob, cid = (app.pool.create_user(name) for name in ("bob", "cid"))
    google.link("2", bob)
    google.link("3", cid)
    moment = later(clock)
    before = app.users()
    app.admin("admin_delete_user", "Google_1")
    app.admin("admin_delete_user", "bob")
    app.pool.call("AdminDisableProviderForUser", User=linked("3"))
    google.link("4", cid)

    assert Recovery.run(app, moment)["Users"] == (2, 1, 0)
    assert [user["Attributes"] for user in app.users()] == [user["Attributes"] for user in before]
    names = [google.sign_in(subject).claims["username"] for subject in ("1", "2", "3", "4")]
    assert names == ["Google_1", "bob", "cid", "Google_4"]


def linked(subject: str) -> dict[str, str]:
    """An identity at Google, as AdminDisableProviderForUser takes it."""
    return {
        "ProviderName": "Google",
        "ProviderAttributeName": "Cognito_Subject",
        "ProviderAttributeValue": subject,
    }


def test_an_identity_that_was_known_by_an_attribute(make_app: MakeApp, clock: Clock) -> None:
    """Its first sign-in, by which its subject becomes known, is undone."""
    app = make_app()
    saml = app.pool.create_identity_provider("Corp", ProviderType="SAML", AttributeMapping={"email": "mail"})
    source = {"ProviderName": "Corp", "ProviderAttributeName": "email", "ProviderAttributeValue": "bob@example.com"}
    app.pool.create_user("bob")
    destination = {"ProviderName": "Cognito", "ProviderAttributeValue": "bob"}
    app.pool.call("AdminLinkProviderForUser", DestinationUser=destination, SourceUser=source)
    moment = later(clock)
    before = app.attributes("bob")["identities"]
    claims = {"mail": "bob@example.com"}
    assert saml.sign_in("s-1", claims).claims["username"] == "bob"
    assert app.attributes("bob")["identities"] != before
    Recovery.run(app, moment)

    assert app.attributes("bob")["identities"] == before
    assert saml.sign_in("s-1", claims).claims["username"] == "bob"
    assert len(app.pool.users) == 1


NAMES = st.sampled_from(["ann", "bob"])
SUBJECTS = st.sampled_from(["1", "2"])
ACTIONS = st.one_of(
    st.tuples(st.just("create"), NAMES),
    st.tuples(st.just("delete"), st.sampled_from(["ann", "bob", "Google_1", "Google_2"])),
    st.tuples(st.just("link"), SUBJECTS, NAMES),
    st.tuples(st.just("unlink"), SUBJECTS),
    st.tuples(st.just("sign in"), SUBJECTS),
)


def act(pool: UserPool, verb: str, name: str, *more: str) -> None:
    """Do something if it is possible."""
    google, there = pool.identity_provider("Google"), pool.find_user(name) is not None
    known = pool.world.store[IDENTITIES].get((pool.id, "Google", SUBJECT, name)) is not None
    has_user = pool.find_user(f"Google_{name}") is not None
    if verb == "create" and not there:
        pool.create_user(name)
    elif verb == "delete" and there:
        pool.call("AdminDeleteUser", Username=name)
    elif verb == "link" and not known and not has_user and pool.find_user(more[0]) is not None:
        google.link(name, pool.user(more[0]))
    elif verb == "unlink" and known:
        pool.call("AdminDisableProviderForUser", User=linked(name))
    elif verb == "sign in" and (known or not has_user):
        google.sign_in(name)


def seen(pool: UserPool) -> dict[str, Any]:
    identities = {IDENTITIES.key(record): record for record in pool.world.store[IDENTITIES]}
    return {"identities": identities, "users": {user.username: user.attributes for user in pool.users}}


@pytest.fixture(scope="module")
def client() -> CognitoIdentityProviderClient:
    return boto3.client("cognito-idp", "us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing")


@settings(max_examples=40)
@given(before=st.lists(ACTIONS, max_size=6), after=st.lists(ACTIONS, max_size=8))
def test_identities_are_what_they_were(
    client: CognitoIdentityProviderClient, before: list[tuple[str, ...]], after: list[tuple[str, ...]]
) -> None:
    with mock_cognito(seed="recovered", region="us-east-1") as cognito:
        pool = cognito.create_user_pool()
        pool.create_identity_provider("Google")
        pool.create_client()
        for action in before:
            cognito.clock.advance(minutes=1)
            act(pool, *action)
        moment = later(cognito.clock)
        then = seen(pool)
        for action in after:
            cognito.clock.advance(minutes=1)
            act(pool, *action)
        Recovery.run(App(client, pool), moment)
        assert seen(pool) == then

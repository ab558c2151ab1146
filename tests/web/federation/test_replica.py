"""Sign-in by providers in the region of a replica, where nobody new comes to be, and nobody changes."""

from __future__ import annotations

import boto3
import pytest

from pytest_cognito import Cognito
from pytest_cognito.http import hosts
from tests.support import federated
from tests.support.federated import Federated
from tests.support.hosted import PREFIX, parameters
from tests.support.replicated import SECONDARY, make_pool

pytestmark = pytest.mark.needs("CreateUserPoolReplica")


@pytest.fixture
def app(cognito: Cognito) -> Federated:
    """An application in the region of a replica."""
    pool = make_pool(cognito)
    name = federated.add_provider(cognito, pool, "Google")
    app = Federated(pool, federated.make_client(pool, name))
    pool.call("CreateUserPoolReplica", RegionName=SECONDARY)
    pool.call("UpdateUserPoolReplica", RegionName=SECONDARY, Status="ACTIVE")
    there = boto3.client("cognito-idp", region_name=SECONDARY)
    there.create_user_pool_domain(UserPoolId=pool.id, Domain=PREFIX)
    app.base = f"https://{hosts.prefix_domain(PREFIX, SECONDARY)}"
    return app


def test_nobody_signs_in_there_first(app: Federated) -> None:
    back = app.enter()

    assert back["error"] == "invalid_request"
    assert back["error_description"].startswith("Operation GET /oauth2/idpresponse is not enabled in this region")
    assert [user.username for user in app.pool.users] == ["alice"]


def test_who_is_known_signs_in_there_and_stays_as_they_are(app: Federated) -> None:
    ann = app.pool.identity_provider("Google").create_user("1", email="ann@example.com")

    page = app.start()
    assert parameters(page.url)["redirect_uri"] == f"{app.base}/oauth2/idpresponse"
    assert parameters(app.choose(page, email="new@example.com"))["code"]
    assert ann.email == "ann@example.com"

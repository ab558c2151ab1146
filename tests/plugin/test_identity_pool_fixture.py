"""The identity pool of the fixtures and of the marker, in seeded worlds and in nested ones."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import boto3
import pytest

from pytest_cognito import Cognito, IdentityPool, User, UserPool, mock_cognito
from tests.support.functions import unchanged
from tests.support.refusals import refusal

from .conftest import Run

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_cognito_sync import CognitoSyncClient


def test_the_pool_has_the_right_roles(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    alice, guest = cognito_identity_pool.identity_of(cognito_user), cognito_identity_pool.guest()

    assert alice.credentials().role_arn == cognito_identity_pool.roles["authenticated"]
    assert guest.credentials().role_arn == cognito_identity_pool.roles["unauthenticated"]


def test_each_identity_has_its_own_data(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    for identity in (cognito_identity_pool.identity_of(cognito_user), cognito_identity_pool.guest()):
        credentials = identity.credentials()
        for whose, allowed in ((identity.id, True), ("us-east-1:another", False)):
            data = f"{cognito_identity_pool.arn}/identity/{whose}".replace("cognito-identity", "cognito-sync")
            assert bool(credentials.can("s3:PutObject", f"arn:aws:s3:::notes/{whose}/a.txt")) is allowed
            assert bool(credentials.can("cognito-sync:ListRecords", f"{data}/dataset/notes")) is allowed


@pytest.mark.cognito(triggers={"SyncTrigger": unchanged, "PreSignUp": unchanged})
def test_the_marker_has_the_function_of_a_sync_trigger(
    cognito: Cognito, cognito_idp: CognitoIdentityProviderClient, cognito_sync: CognitoSyncClient
) -> None:
    [pool], [user_pool] = cognito.identity_pools, cognito.pools

    assert set(cognito_sync.get_cognito_events(IdentityPoolId=pool.id)["Events"]) == {"SyncTrigger"}
    assert set(cognito_idp.describe_user_pool(UserPoolId=user_pool.id)["UserPool"]["LambdaConfig"]) == {"PreSignUp"}


@pytest.mark.parametrize(
    ("function", "told"),
    [
        ("'handler'", "the function of SyncTrigger takes event and context"),
        ("print", r"@pytest.mark.cognito\(triggers=…\) is for the plugin's fixture cognito_identity_pool"),
    ],
)
def test_a_sync_trigger_that_no_pool_takes(run: Run, function: str, told: str) -> None:
    own = "@pytest.fixture\ndef cognito_identity_pool(cognito): pass" if function == "print" else ""
    result = run(
        f"""
import pytest

{own}

@pytest.mark.cognito(triggers={{"SyncTrigger": {function}}})
def test_it(cognito):
    pass
"""
    )
    result.assert_outcomes(errors=1)
    assert re.search(told, result.stdout.str())


@pytest.mark.cognito(identity_pool={"AllowUnauthenticatedIdentities": False, "IdentityPoolName": "closed"})
def test_the_marker_says_what_the_pool_is_like(
    cognito: Cognito, cognito_user_pool: UserPool, cognito_identity: CognitoIdentityClient
) -> None:
    [pool] = cognito.identity_pools

    assert (pool.name, pool.settings["AllowUnauthenticatedIdentities"]) == ("closed", False)
    assert pool.settings["CognitoIdentityProviders"][0]["ClientId"] == cognito_user_pool.client.id
    with pytest.raises(cognito_identity.exceptions.NotAuthorizedException, match="Unauthenticated access"):
        cognito_identity.get_id(IdentityPoolId=pool.id)


@pytest.mark.cognito(region="eu-west-1")
def test_another_region(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    identity = cognito_identity_pool.identity_of(cognito_user)

    assert identity.id.startswith("eu-west-1:")
    assert identity.credentials().session().region_name == "eu-west-1"


def test_the_fixture_of_a_suite_that_overrides_it(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.fixture
        def cognito_identity_pool(cognito):
            return cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)

        def test_guest(cognito_identity_pool):
            assert cognito_identity_pool.guest().guest

        @pytest.mark.cognito(identity_pool={"IdentityPoolName": "app"})
        def test_marker(cognito_identity_pool):
            pass
        """
    )

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*identity_pool=*is for the plugin's fixture cognito_identity_pool*"])


def test_the_seeded_world_has_identity_pools(run: Run) -> None:
    result = run(
        """
        import pytest

        POOL = "us-east-1:12345678-dead-beef-cafe-123456789012"

        @pytest.mark.parametrize("number", range(2))
        def test_each_test_gets_them_as_they_were(cognito, number):
            pool, alice = cognito.identity_pool(POOL), cognito.pools[0].user("alice")
            [seeded] = pool.identities
            identity = pool.identity_of(alice)
            assert identity == seeded
            credentials = identity.credentials()
            assert credentials.session().client("sts").get_caller_identity()["Arn"] == credentials.arn
            pool.call("DeleteIdentities", IdentityIdsToDelete=[identity.id])
            pool.guest()
        """,
        conftest="""
        import pytest

        @pytest.fixture(scope="session")
        def cognito_seed():
            def seed(cognito):
                users = cognito.create_user_pool()
                trusted = {
                    "ProviderName": f"cognito-idp.us-east-1.amazonaws.com/{users.id}", "ClientId": users.client.id
                }
                pool = cognito.create_identity_pool(
                    id="us-east-1:12345678-dead-beef-cafe-123456789012",
                    AllowUnauthenticatedIdentities=True,
                    CognitoIdentityProviders=[trusted],
                )
                pool.set_roles(authenticated=pool.create_role("app"))
                pool.identity_of(users.create_user("alice"))
            return seed
        """,
    )

    result.assert_outcomes(passed=2)


def test_worlds_know_nothing_of_each_others_identities() -> None:
    with mock_cognito(account_id="111122223333") as outer:
        pool = outer.create_identity_pool(AllowUnauthenticatedIdentities=True)
        pool.set_roles(unauthenticated=pool.create_role("guests", guests=True))
        credentials = pool.guest().credentials()
        with mock_cognito() as inner:
            assert inner.identity_pools == []
            sts = credentials.session().client("sts")
            assert refusal(sts.get_caller_identity).code == "InvalidClientTokenId"
        assert credentials.session().client("sts").get_caller_identity()["Arn"] == credentials.arn
        outer.reset()
        with pytest.raises(LookupError, match="no longer"):
            _ = credentials.arn


@mock_cognito
def test_the_decorator_alone() -> None:
    identity = boto3.client("cognito-identity", region_name="us-east-1")

    pool = identity.create_identity_pool(IdentityPoolName="app", AllowUnauthenticatedIdentities=True)

    assert identity.get_id(IdentityPoolId=pool["IdentityPoolId"])["IdentityId"].startswith("us-east-1:")


def test_a_test_without_identity_pools_imports_nothing_of_them() -> None:
    code = (
        "import sys, boto3; from pytest_cognito import mock_cognito\n"
        "with mock_cognito() as cognito:\n"
        "    pool = cognito.create_user_pool()\n"
        "    pool.create_user('alice').sign_in()\n"
        "    idp = boto3.client('cognito-idp', region_name='us-east-1')\n"
        "    try: idp.admin_get_user(UserPoolId=pool.id, Username='nobody')\n"
        "    except idp.exceptions.UserNotFoundException: pass\n"
        "unused = ('sts', 'iam', 'enforcement', 'cognito_identity', 'cognito_sync')\n"
        "print([n for n in sys.modules if n.startswith(tuple(f'pytest_cognito.{each}.' for each in unused))])"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"

"""The marker: what it takes, how several of it merge, and what it says to mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito.cognito import AppClient, Cognito, Triggers, User, UserPool

from .conftest import Run

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


def confirm(event: dict[str, Any], context: object) -> dict[str, Any]:
    event["response"]["autoConfirmUser"] = True
    return event


def add_claim(event: dict[str, Any], context: object) -> dict[str, Any]:
    event["response"]["claimsAndScopeOverrideDetails"] = {
        "accessTokenGeneration": {"claimsToAddOrOverride": {"tenant": "t1"}}
    }
    return event


@pytest.mark.cognito(pool={"UsernameAttributes": ["email"], "MfaConfiguration": "OFF"})
def test_pool_has_the_parameters_of_create_user_pool(cognito_user_pool: UserPool) -> None:
    assert cognito_user_pool.call("DescribeUserPool")["UserPool"]["UsernameAttributes"] == ["email"]


@pytest.mark.cognito(client={"GenerateSecret": True})
def test_client_has_the_parameters_of_create_user_pool_client(
    cognito_app_client: AppClient, cognito_user: User
) -> None:
    assert cognito_app_client.secret is not None
    assert cognito_user.sign_in().expires_in == 3600


@pytest.mark.cognito(
    users=["alice", {"username": "bob", "email": "b@example.com", "password": "Longer-Passw0rd", "groups": ["admins"]}]
)
def test_users_are_names_or_dicts(cognito_user_pool: UserPool, cognito_user: User) -> None:
    alice, bob = cognito_user_pool.users

    assert cognito_user.username == alice.username == "alice"
    assert alice.email == "alice@example.com"
    assert (bob.email, bob.groups, bob.password) == ("b@example.com", ["admins"], "Longer-Passw0rd")


@pytest.mark.cognito(pool={"UsernameAttributes": ["email"]}, users=["alice"])
def test_a_bare_name_becomes_an_address_where_the_pool_wants_one(cognito_user: User) -> None:
    assert cognito_user.email == "alice@example.com"
    assert cognito_user.sign_in().expires_in == 3600


@pytest.mark.cognito(pool={"UsernameAttributes": ["phone_number"]}, users=["alice"])
def test_a_bare_name_becomes_a_number_where_the_pool_wants_one(cognito_user: User) -> None:
    assert cognito_user.attributes["phone_number"].startswith("+1555")
    assert cognito_user.sign_in().expires_in == 3600


@pytest.mark.cognito(triggers={"PreSignUp": confirm})
def test_triggers_are_functions_by_name(
    cognito_app_client: AppClient, cognito_idp: CognitoIdentityProviderClient, cognito_triggers: Triggers
) -> None:
    answer = cognito_idp.sign_up(ClientId=cognito_app_client.id, Username="bob", Password="Passw0rd!")

    assert answer["UserConfirmed"] is True
    assert cognito_triggers.last().source == "PreSignUp_SignUp"


@pytest.mark.cognito(triggers={"PreTokenGeneration": (add_claim, "V2_0")})
def test_a_trigger_may_come_with_its_version(cognito_user: User) -> None:
    assert cognito_user.sign_in().claims["tenant"] == "t1"


@pytest.mark.cognito(region="ap-south-1", account_id="111122223333")
def test_region_and_account_are_those_of_the_world(cognito: Cognito) -> None:
    pool = cognito.create_user_pool()

    assert pool.id.startswith("ap-south-1_")
    assert pool.arn.split(":")[4] == "111122223333"


def test_the_marker_alone_activates_the_mock_and_arranges(run: Run) -> None:
    result = run(
        """
        import boto3, pytest

        @pytest.mark.cognito
        def test_bare():
            assert boto3.client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []

        @pytest.mark.cognito(users=["zoe"])
        def test_with_something_to_make():
            client = boto3.client("cognito-idp")
            (pool,) = client.list_user_pools(MaxResults=1)["UserPools"]
            assert client.admin_get_user(UserPoolId=pool["Id"], Username="zoe")["UserStatus"] == "CONFIRMED"
        """
    )

    result.assert_outcomes(passed=2)


def test_nearer_markers_win_key_by_key(run: Run) -> None:
    result = run(
        """
        import pytest

        pytestmark = pytest.mark.cognito(
            pool={"PoolName": "module", "UsernameAttributes": ["email"]}, users=["module"], region="eu-west-1"
        )

        @pytest.mark.cognito(pool={"PoolName": "class"}, client={"ClientName": "class", "GenerateSecret": True})
        class TestClass:
            @pytest.mark.cognito(pool={"PoolName": "test"}, client={"ClientName": "test"}, users=["test"])
            def test_merged(self, cognito_user_pool):
                pool = cognito_user_pool.call("DescribeUserPool")["UserPool"]
                assert pool["Name"] == "test"
                assert pool["UsernameAttributes"] == ["email"]
                assert cognito_user_pool.client.name == "test"
                assert cognito_user_pool.client.secret
                assert [user.email for user in cognito_user_pool.users] == ["test@example.com"]
                assert cognito_user_pool.region == "eu-west-1"

            def test_of_the_class(self, cognito_user_pool):
                assert cognito_user_pool.name == "class"
                assert [user.email for user in cognito_user_pool.users] == ["module@example.com"]

        def test_of_the_module(cognito_user_pool):
            assert cognito_user_pool.name == "module"
        """
    )

    result.assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("'alice'", "takes keywords only; instead of 'alice' write, for instance, @pytest.mark.cognito(users=["),
        ("pools={}", "does not know 'pools': did you mean 'pool'?"),
        (
            "tables={}",
            "does not know 'tables': there is pool, client, users, triggers, identity_pool, region, account_id",
        ),
        ("pool='app'", "pool=…) takes a dict of create_user_pool's parameters"),
        ("client=[]", "client=…) takes a dict of create_user_pool_client's parameters"),
        ("users='alice'", "users=…) takes a list of names or dicts"),
        ("triggers=[]", "triggers=…) takes a dict of functions by AWS's name"),
        ("real=1", "real=…) takes True or False"),
        ("now=1893499200", "now=…) takes a datetime, or a string such as '2030-01-01T12:00Z'; not 1893499200"),
        ("now='tomorrow'", "freeze takes a datetime, or a string such as '2030-01-01T12:00Z', not 'tomorrow'"),
        ("account_id=111122223333", "account_id=…) takes twelve digits, as a string"),
        ("account_id='12'", "account_id is twelve digits, as a string, such as '123456789012'; not '12'"),
        ("region='ireland'", "region is the name of an AWS region, such as 'eu-west-1'; not 'ireland'"),
        ("users=[5]", "users=…) takes a list of names or dicts"),
        ("users=[{'username': 5}]", "a user of the cognito marker needs a username"),
        ("users=[{'username': 'ann', 'group': ['admins']}]", "no attribute 'group': did you mean 'groups'?"),
        ("users=[{'username': 'ann', 'groups': 'admins'}]", 'write groups=["admins"]'),
        ("real=True, users=['ann']", "lets the test's calls reach AWS, where users= makes nothing"),
        ("users=[{'email': 'a@example.com'}]", "a user of the cognito marker needs a username"),
        ("triggers={'PreSignUp': 'handler'}", "trigger PreSignUp needs a function of event and context"),
        ("triggers={'PreSignup': print}", "there is no trigger 'PreSignup': did you mean 'PreSignUp'?"),
        ("pool={'PoolNam': 'app'}", "CreateUserPool does not know 'PoolNam': did you mean 'PoolName'?"),
        ("pool={'AutoVerifiedAttributes': 'email'}", "CreateUserPool takes a list as AutoVerifiedAttributes"),
        ("client={'GenerateSecrets': True}", "CreateUserPoolClient does not know 'GenerateSecrets': did you mean"),
        ("pool={'MfaConfiguration': 'SOMETIMES'}", "Member must satisfy enum value set: "),
    ],
)
def test_a_mistake_is_answered_with_what_to_write_and_no_traceback(run: Run, arguments: str, message: str) -> None:
    result = run(
        f"""
        import pytest

        @pytest.mark.cognito({arguments})
        def test_it(cognito):
            pass
        """
    )

    result.assert_outcomes(errors=1)
    said = result.stdout.str()
    assert message in said
    assert "pytest_cognito/" not in said
    assert "_pytest/" not in said


def test_with_full_trace_the_traceback_is_whole(run: Run) -> None:
    result = run("import pytest\n@pytest.mark.cognito(pools={})\ndef test_it(cognito): pass", "--full-trace")

    result.stdout.fnmatch_lines(["*pytest_cognito/marker.py:*"])


def test_the_decorator_above_a_fixture_says_to_turn_them_round(run: Run) -> None:
    result = run(
        """
        import pytest
        from pytest_cognito import mock_cognito

        @mock_cognito
        @pytest.fixture
        def pool():
            yield
        """
    )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*on a fixture write it below @pytest.fixture"])


def test_the_marker_is_known_to_strict_runs(run: Run) -> None:
    source = "import pytest\n@pytest.mark.cognito\ndef test_it(): pass"

    run(source, "--strict-markers", "--strict-config", "-W", "error").assert_outcomes(passed=1)


@pytest.mark.skipif(pytest.version_tuple < (9,), reason="pytest has its strict mode since version 9")
def test_the_plugin_runs_in_pytests_strict_mode(run: Run) -> None:
    source = "import pytest\n@pytest.mark.cognito(users=['alice'])\ndef test_it(cognito_user): pass"

    run(source, ini="strict = true").assert_outcomes(passed=1)


def test_pytest_lists_the_marker(run: Run) -> None:
    run("", "--markers").stdout.fnmatch_lines(["@pytest.mark.cognito(pool=None, client=None, *real=False): *"])

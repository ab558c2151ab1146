"""Ids that the ini file pins for every test of a suite, and the environment of an application that reads it once."""

from __future__ import annotations

import os

import pytest

from tests.support import plugins

from .conftest import Run

INI = """
cognito_user_pool_id = eu-west-1_App000001
cognito_client_id = appclient
cognito_client_secret = averylongsecretoftheapplication
cognito_account_id = 111122223333
"""
VALUES = {
    "user_pool_id": "eu-west-1_App000001",
    "client_id": "appclient",
    "client_secret": "averylongsecretoftheapplication",
    "issuer": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_App000001",
    "jwks_uri": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_App000001/.well-known/jwks.json",
    "provider_name": "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_App000001",
    "user_pool_arn": "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_App000001",
    "endpoint": "https://cognito-idp.eu-west-1.amazonaws.com",
    "region": "eu-west-1",
    "account_id": "111122223333",
}
READS_ON_IMPORT = """
import os
import boto3

POOL, CLIENT, ISSUER = (os.environ[name] for name in ("APP_POOL", "APP_CLIENT", "APP_ISSUER"))
SECRET = os.environ.get("APP_SECRET")
idp = boto3.client("cognito-idp", region_name=os.environ["APP_REGION"])
"""
ENVIRONMENT = """
cognito_env =
    APP_POOL = user_pool_id
    APP_CLIENT = client_id
    APP_ISSUER=issuer
    APP_REGION = region
"""
SUITE = """
import app, pytest

@pytest.mark.parametrize("number", range(3))
def test_the_application_meets_the_pool_of_the_fixtures(number, cognito_user_pool, cognito_app_client, cognito_tokens):
    assert (app.POOL, app.CLIENT, app.ISSUER) == (cognito_user_pool.id, cognito_app_client.id, cognito_user_pool.issuer)
    assert app.SECRET == cognito_app_client.secret
    assert [user["Username"] for user in app.idp.list_users(UserPoolId=app.POOL)["Users"]] == ["alice"]
    assert cognito_tokens.claims["iss"] == app.ISSUER
    app.idp.admin_delete_user(UserPoolId=app.POOL, Username="alice")

@pytest.mark.cognito(users=["bob"], client={"AccessTokenValidity": 5})
def test_with_a_marker(cognito_user):
    assert cognito_user.pool.id == app.POOL
    assert cognito_user.sign_in().claims["client_id"] == app.CLIENT

def test_another_pool_has_ids_of_its_own(cognito, cognito_user_pool):
    other = cognito.create_user_pool()
    assert other.id != app.POOL
    assert other.client.id != app.CLIENT
"""


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, pytester: pytest.Pytester) -> None:
    """A machine without a region of its own, and the application."""
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "nowhere")
    pytester.makepyfile(app=READS_ON_IMPORT)
    pytester.syspathinsert()


@pytest.mark.parametrize(
    "ini", [INI + ENVIRONMENT + "    APP_SECRET = client_secret", ENVIRONMENT], ids=["ids", "none"]
)
@pytest.mark.parametrize("arguments", [(), ("-n", "2")], ids=["one process", "xdist"])
def test_an_application_that_reads_its_settings_when_it_is_imported(
    run: Run, ini: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins.alone(monkeypatch, "xdist.plugin")
    run(SUITE, *arguments, ini=ini).assert_outcomes(passed=5)


def test_a_conftest_may_import_the_application(run: Run) -> None:
    run(SUITE, ini=ENVIRONMENT, conftest="import app").assert_outcomes(passed=5)


def test_where_a_conftest_loads_the_plugin(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\n" + ENVIRONMENT)
    pytester.makeconftest('pytest_plugins = ["pytest_cognito.plugin"]')
    pytester.makepyfile(SUITE)

    pytester.runpytest_subprocess().assert_outcomes(passed=5)


@pytest.mark.parametrize("name", VALUES)
def test_each_value(run: Run, name: str) -> None:
    source = f"import os\ndef test_it(): assert os.environ['SETTING'] == {VALUES[name]!r}"

    run(source, ini=f"{INI}cognito_env = SETTING = {name}").assert_outcomes(passed=1)


def test_there_is_a_test_of_every_value() -> None:
    from pytest_cognito import options

    assert set(VALUES) == set(options.VALUES)


def test_the_values_are_those_of_the_handles(run: Run) -> None:
    result = run(
        """
        import os

        def test_it(cognito, cognito_user_pool, cognito_app_client):
            expected = {
                "user_pool_id": cognito_user_pool.id, "user_pool_arn": cognito_user_pool.arn,
                "issuer": cognito_user_pool.issuer, "jwks_uri": cognito_user_pool.jwks_uri,
                "client_id": cognito_app_client.id, "client_secret": cognito_app_client.secret,
                "region": cognito.region, "account_id": cognito.account_id,
            }
            assert {name: os.environ[f"OF_{name}"] for name in expected} == expected
        """,
        ini="cognito_region = cn-north-1\ncognito_env =\n" + "".join(f"    OF_{name} = {name}\n" for name in VALUES),
    )

    result.assert_outcomes(passed=1)


def test_the_environment_is_put_back(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_POOL", "the developer's own")
    monkeypatch.delenv("APP_CLIENT", raising=False)

    run(SUITE, ini=ENVIRONMENT).assert_outcomes(passed=5)

    assert os.environ["APP_POOL"] == "the developer's own"
    assert "APP_CLIENT" not in os.environ


def test_nothing_is_pinned_unless_asked_for(run: Run) -> None:
    source = """
    def test_one(cognito_app_client, ids=[]): ids.append(cognito_app_client.id)
    def test_two(cognito_app_client, ids=test_one.__defaults__[0]): assert cognito_app_client.id not in ids
    """

    run(source, ini="cognito_region = eu-west-1").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("ini", "message"),
    [
        ("cognito_env = POOL = user_pool", "cognito_env knows no value 'user_pool': did you mean 'user_pool_id'?"),
        ("cognito_env = POOL", "cognito_env takes lines such as CLIENT_ID = client_id, not 'POOL'"),
        (
            "cognito_env = MY POOL = user_pool_id",
            "cognito_env takes lines such as CLIENT_ID = client_id, not 'MY POOL =",
        ),
        ("cognito_user_pool_id = App", "the id of a user pool is its region, _ and letters or digits: 'us-east-1_"),
        ("cognito_client_id = app-client", "cognito_client_id is 1 to 128 letters, digits, _ or +; not 'app-client'"),
        ("cognito_client_secret = short", "cognito_client_secret is 24 to 64 letters, digits, _ or +"),
        ("cognito_region = ireland", "region is the name of an AWS region, such as 'eu-west-1'; not 'ireland'"),
        ("cognito_account_id = 12", "account_id is twelve digits, as a string, such as '123456789012'; not '12'"),
        (
            "cognito_region = us-east-1\ncognito_user_pool_id = eu-west-1_App",
            "cognito_user_pool_id = eu-west-1_App is of a pool in eu-west-1, and cognito_region says us-east-1",
        ),
    ],
)
def test_what_makes_no_sense_ends_the_run_at_once(run: Run, ini: str, message: str) -> None:
    result = run("def test_it(): pass", ini=ini)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: pytest's ini file: {message}" in result.stderr.str()
    assert "Traceback" not in result.stderr.str()


def test_a_pool_that_is_pinned_has_its_region(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.cognito(region="us-west-2")
        def test_it(cognito_user_pool): pass

        @pytest.mark.cognito(region="us-west-2")
        def test_another(cognito):
            assert cognito.create_user_pool().region == "us-west-2"
        """,
        ini=INI,
    )

    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines(
        ["*has the id eu-west-1_App000001 in every test of this suite, as cognito_user_pool_id*"]
    )


SEED = """
import pytest

@pytest.fixture(scope="session")
def cognito_seed():
    def seed(cognito):
        pool = cognito.create_user_pool(id="eu-west-1_App000001", PoolName="seeded")
        {client}
        pool.create_user("ann")

    return seed
"""


@pytest.mark.parametrize("client", ["pool.create_client(id='appclient')", ""], ids=["with a client", "without"])
def test_a_seed_may_make_the_pinned_pool(run: Run, client: str) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.parametrize("attempt", [1, 2])
        @pytest.mark.cognito(users=["bob"])
        def test_it(cognito_user_pool, cognito_app_client, attempt):
            assert (cognito_user_pool.name, cognito_app_client.id) == ("seeded", "appclient")
            assert [user.username for user in cognito_user_pool.users] == ["ann", "bob"]
            assert cognito_user_pool.user("ann").sign_in().claims["client_id"] == "appclient"
        """,
        ini="cognito_user_pool_id = eu-west-1_App000001\ncognito_client_id = appclient",
        conftest=SEED.format(client=client),
    )

    result.assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("client", "marker", "message"),
    [
        ("", "pool={'PoolName': 'x'}", "so the marker's pool= can't say what it is like"),
        ("", "client={'GenerateSecret': True}", "so the marker's client= can't say what it is like"),
        ("pool.create_client(id='another')", "", r"make it in the seed with pool.create_client(id='appclient')"),
    ],
)
def test_what_a_seeded_pool_can_not_become(run: Run, client: str, marker: str, message: str) -> None:
    source = f"import pytest\n@pytest.mark.cognito({marker})\ndef test_it(cognito_user_pool): pass"

    result = run(
        source,
        ini="cognito_user_pool_id = eu-west-1_App000001\ncognito_client_id = appclient",
        conftest=SEED.format(client=client),
    )

    result.assert_outcomes(errors=1)
    assert message in result.stdout.str()

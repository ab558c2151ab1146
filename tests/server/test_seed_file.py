"""``serve --seed world.toml``: what a server begins with."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from pytest_cognito import Cognito
from pytest_cognito import __main__ as command_line
from pytest_cognito.commands import seed_file
from pytest_cognito.kernel.errors import UsageError

from .loopback import start

WORLD = """
[[user_pool]]
Id = "eu-west-1_Notes0001"
PoolName = "notes"
AutoVerifiedAttributes = ["email"]

[user_pool.SetUserPoolMfaConfig]
MfaConfiguration = "OPTIONAL"
SoftwareTokenMfaConfiguration = { Enabled = true }

[[user_pool.domain]]
Domain = "notes"

[[user_pool.client]]
ClientId = "1example23456789"
ClientSecret = "a-secret-of-the-application"
ClientName = "web"
ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
AllowedOAuthFlowsUserPoolClient = true
AllowedOAuthFlows = ["code"]
AllowedOAuthScopes = ["openid", "https://api.example.com/read"]
CallbackURLs = ["http://localhost:3000/callback"]
SupportedIdentityProviders = ["COGNITO", "Google"]

[[user_pool.resource_server]]
Identifier = "https://api.example.com"
Name = "API"
Scopes = [{ ScopeName = "read", ScopeDescription = "Read" }]

[[user_pool.identity_provider]]
ProviderName = "Google"
ProviderType = "Google"
ProviderDetails = { client_id = "id", client_secret = "secret", authorize_scopes = "openid email" }
AttributeMapping = { email = "email" }

[[user_pool.group]]
GroupName = "admins"
Precedence = 1

[[user_pool.user]]
Username = "alice"
Password = "Correct-horse-7"
Groups = ["admins"]
Sub = "0b3c7a52-0000-4000-8000-000000000001"
Attributes = { email = "alice@example.com" }

[[user_pool.user]]
Username = "bob"
UserStatus = "FORCE_CHANGE_PASSWORD"

[[user_pool]]
PoolName = "other"
Region = "us-west-2"
"""


@pytest.fixture
def write(tmp_path: Path) -> Path:
    return tmp_path / "world.toml"


def test_everything_is_made(cognito: Cognito, write: Path) -> None:
    write.write_text(WORLD, "utf-8")
    seed_file.plant(cognito, str(write))

    pool = cognito.user_pool("eu-west-1_Notes0001")
    web = pool.client_by("1example23456789")
    alice = pool.user("alice")
    assert (pool.name, web.name, web.secret) == ("notes", "web", "a-secret-of-the-application")
    assert (alice.password, alice.groups, alice.attributes["email_verified"]) == ("Correct-horse-7", ["admins"], "true")
    assert alice.sub == "0b3c7a52-0000-4000-8000-000000000001"
    assert alice.sign_in().claims["username"] == "alice"
    assert pool.user("bob").status == "FORCE_CHANGE_PASSWORD"
    assert pool.call("GetUserPoolMfaConfig")["MfaConfiguration"] == "OPTIONAL"
    assert pool.call("ListGroups")["Groups"][0]["Precedence"] == 1
    assert pool.call("DescribeUserPool")["UserPool"]["Domain"] == "notes"
    assert len(cognito.outbox) == 0


IDENTITIES = """
[[user_pool]]
Id = "us-east-1_Notes0001"
PoolName = "notes"

[[user_pool.client]]
ClientId = "1example23456789"
ClientName = "web"

[[user_pool.user]]
Username = "alice"

[[identity_pool]]
Id = "us-east-1:00000000-0000-4000-8000-000000000001"
IdentityPoolName = "notes"
AllowUnauthenticatedIdentities = true

[[identity_pool.CognitoIdentityProviders]]
ProviderName = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Notes0001"
ClientId = "1example23456789"

[[identity_pool.role]]
RoleName = "notes-user"
Policies = ['{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}']

[[identity_pool.role]]
RoleName = "notes-guest"
Guests = true

[identity_pool.SetPrincipalTagAttributeMap]
IdentityProviderName = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Notes0001"
UseDefaults = true
"""


def test_an_identity_pool_gives_credentials(cognito: Cognito, write: Path) -> None:
    write.write_text(IDENTITIES, "utf-8")
    seed_file.plant(cognito, str(write))

    pool = cognito.identity_pool("us-east-1:00000000-0000-4000-8000-000000000001")
    user = pool.identity_of(cognito.user_pool("us-east-1_Notes0001").user("alice")).credentials()
    guest = pool.guest().credentials()
    assert (user.arn.split("/")[1], guest.arn.split("/")[1]) == ("notes-user", "notes-guest")
    assert user.can("s3:GetObject", "arn:aws:s3:::notes/a")
    assert not guest.can("s3:GetObject", "arn:aws:s3:::notes/a")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = ", "is not a TOML file"),
        ("[pool]\n", r"has 'pool' at its top: write \[\[user_pool\]\]"),
        ("[user_pool]\nPoolName = 'a'\n", r"are tables of an array: write \[\[user_pool\]\]"),
        ("[[user_pool]]\nPoolName = 'a'\n[user_pool.client]\n", r"user_pool a: .* write \[\[user_pool.client\]\]"),
        ("[[user_pool]]\nName = 'a'\n", r"user_pool \?: there is no 'Name' here"),
        ("[[user_pool]]\nPoolNam = 'a'\n", "did you mean 'PoolName'"),
        ("[[user_pool]]\nPoolName = 'a'\n[[user_pool.clients]]\n", "did you mean 'client'"),
        ("[[user_pool]]\nPoolName = 'a'\nId = 'b'\n", "user_pool a: "),
        ("[[user_pool]]\nPoolName = 'a'\nMfaConfiguration = 1\n", "user_pool a: .* takes a string as MfaConfiguration"),
        ("[[user_pool]]\nPoolName = 'a'\n[[user_pool.client]]\nClientName = 'b'\nCallbackUrls = []\n",
         "user_pool a, client b: .*did you mean 'CallbackURLs'"),
        ("[[user_pool]]\nPoolName = 'a'\n[[user_pool.client]]\nClientName = 'b'\nExplicitAuthFlows = ['x']\n",
         "user_pool a, client b: InvalidParameterException: "),
        ("[[user_pool]]\nPoolName = 'a'\n[[user_pool.user]]\nUserName = 'b'\n", "did you mean 'Username'"),
        ("[[user_pool]]\nPoolName = 'a'\n[[user_pool.user]]\nPassword = 'b'\n", 'write Username = "…"'),
        ("[[user_pool]]\nPoolName = 'a'\n[[user_pool.user]]\nUsername = 'b'\nPassword = 'c'\n",
         "user_pool a, user b: InvalidPasswordException: "),
        ("[[user_pool]]\nPoolName = 'a'\n[user_pool.SetUICustomization]\nCSS = '}'\n",
         "user_pool a, SetUICustomization: "),
        ("[[identity_pool]]\nIdentityPoolNam = 'a'\n", "did you mean 'IdentityPoolName'"),
        ("[[identity_pool]]\nIdentityPoolName = 'a'\nId = 'b'\n", "identity_pool a: "),
        ("[[identity_pool]]\nIdentityPoolName = 'a/b'\n", "identity_pool a/b: ValidationException: "),
        ("[[identity_pool]]\nIdentityPoolName = 'a'\n[identity_pool.role]\n", r"write \[\[identity_pool.role\]\]"),
        ("[[identity_pool]]\nIdentityPoolName = 'a'\n[[identity_pool.role]]\nGuests = true\n", 'write RoleName = "…"'),
        ("[[identity_pool]]\nIdentityPoolName = 'a'\n[[identity_pool.role]]\nName = 'b'\n", "there is RoleName"),
        ("[[identity_pool]]\nIdentityPoolName = 'a'\n[identity_pool.SetIdentityPoolRoles]\nRole = 'b'\n",
         "identity_pool a, SetIdentityPoolRoles: "),
    ],
)  # fmt: skip
def test_mistakes_name_the_entry(cognito: Cognito, write: Path, text: str, says: str) -> None:
    write.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=says):
        seed_file.plant(cognito, str(write))


def test_no_file(cognito: Cognito, write: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the seed file .*world\.toml: No such file"):
        seed_file.plant(cognito, str(write))


def test_the_command_with_everything(write: Path) -> None:
    write.write_text(WORLD, "utf-8")
    command = start("--port", "0", "--tls", "--issuer", "local", "--seed", str(write))
    try:
        assert command.process.stdout is not None
        path = command.process.stdout.readline().rpartition(" ")[2].strip()
        url = next(word for word in command.line.split() if word.startswith("https://"))
        address = f"{url}/eu-west-1_Notes0001"
        document = requests.get(f"{address}/.well-known/openid-configuration", verify=path, timeout=5).json()
        assert document["issuer"] == address
    finally:
        command.process.terminate()
        out, errors = command.process.communicate(timeout=30)
    assert (command.process.returncode, out, errors, Path(path).exists()) == (0, "", "", False)


def test_the_command_with_a_mistake(
    write: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pytest_cognito.commands.serve._on_signals", lambda handler: None)
    write.write_text("[[user_pool]]\nPoolNam = 'a'\n", "utf-8")

    assert command_line.main(["serve", "--port", "0", "--seed", str(write)]) == 1
    out, errors = capsys.readouterr()
    assert out == ""
    assert errors.startswith(f"pytest-cognito: {write}, user_pool ?: there is no 'PoolNam' here")


def test_the_region_of_a_pool(cognito: Cognito, write: Path) -> None:
    write.write_text(WORLD, "utf-8")
    seed_file.plant(cognito, str(write))

    assert [pool["Name"] for pool in cognito.call("ListUserPools", region="us-west-2", MaxResults=10)["UserPools"]] == [
        "other"
    ]

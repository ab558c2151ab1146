"""The sign-up page: what it asks for, whom it registers, and where it leads to."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pytest_cognito import AppClient, Cognito, UserPool
from pytest_cognito.kernel.outbox import Outbox
from tests.support.codes import last_code, wrong
from tests.support.forms import BASE, CALLBACK, Visitor, client_of

PASSWORD = "Correct-horse-7"
BOB = {"username": "bob", "attribute_email": "bob@example.com", "password": PASSWORD}
REQUIRED = [{"Name": name, "Required": True} for name in ("email", "given_name", "birthdate")]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(
        AutoVerifiedAttributes=["email"], Schema=[{"Name": "email", "Required": True, "Mutable": True}]
    )


@pytest.fixture
def client(pool: UserPool) -> AppClient:
    return client_of(pool)


@pytest.fixture
def page(client: AppClient) -> Visitor:
    return Visitor(client).open("/signup")


def tokens_of(client: AppClient, code: str, **more: str) -> dict[str, Any]:
    exchange = {"grant_type": "authorization_code", "code": code, "client_id": client.id, "redirect_uri": CALLBACK}
    answer: dict[str, Any] = requests.post(f"{BASE}/oauth2/token", data={**exchange, **more}, timeout=5).json()
    return answer


def test_a_user_signs_up_confirms_and_is_signed_in(
    pool: UserPool, client: AppClient, page: Visitor, cognito_outbox: Outbox
) -> None:
    page.submit("signupform", **BOB)
    assert page.path == "/confirm"
    assert "We have sent a code by email to b***@e***." in page.text
    hidden = page.forms[0].values
    assert (hidden["username"], hidden["sub"]) == ("bob", pool.user("bob").sub)
    assert (hidden["deliveryMedium"], hidden["destination"]) == ("EMAIL", "b***@e***")
    assert page.fields["code"].get("id") == "verification_code"

    page.submit("/confirm", code=last_code(cognito_outbox))
    back = page.back

    assert back["state"] == "s&1"
    assert "access_token" in tokens_of(client, back["code"])
    assert (pool.user("bob").status, pool.user("bob").attributes["email_verified"]) == ("CONFIRMED", "true")
    assert page.open("/oauth2/authorize").back["code"] != back["code"]


def test_the_page_asks_for_the_required_attributes(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(Schema=[{**one, "Mutable": True} for one in REQUIRED])
    page = Visitor(client_of(pool)).open("/signup")

    assert page.forms[0].name == "signupform"
    assert {name: field.get("type") for name, field in page.fields.items()} == {
        "username": "text",
        "requiredAttributes[given_name]": "text",
        "requiredAttributes[email]": "email",
        "requiredAttributes[birthdate]": "date",
        "password": "password",
    }
    assert "Password must contain an upper case letter" in page.text
    assert page.response.text.count("Already have an account?") >= 1


@pytest.mark.parametrize(("attribute", "kind"), [("email", "email"), ("phone_number", "tel")])
def test_the_attribute_that_users_sign_in_with_is_in_place_of_the_user_name(
    cognito: Cognito, attribute: str, kind: str
) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=[attribute])
    page = Visitor(client_of(pool)).open("/signup")

    assert [(name, field.get("type")) for name, field in page.fields.items()] == [
        (f"requiredAttributes[{attribute}]", kind),
        ("password", "password"),
    ]


def test_a_user_signs_up_with_their_email_address(cognito: Cognito, cognito_outbox: Outbox) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"], AutoVerifiedAttributes=["email"])
    page = Visitor(client_of(pool)).open("/signup")

    page.submit(attribute_email="bob@example.com", password=PASSWORD)
    page.submit(code=last_code(cognito_outbox))

    assert "code" in page.back
    assert pool.user("bob@example.com").status == "CONFIRMED"


def test_either_address_may_be_the_user_name(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email", "phone_number"], AutoVerifiedAttributes=["email"])
    page = Visitor(client_of(pool)).open("/signup")

    assert list(page.fields) == ["username", "password"]
    assert page.submit(username="bob@example.com", password=PASSWORD).path == "/confirm"


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"password": "x"}, "password", "Password did not conform with policy: Password not long enough"),
        ({"attribute_email": "bob"}, "attribute_email", "Invalid email address format."),
        ({"attribute_email": ""}, "attribute_email", "This field is required."),
        ({"username": "alice"}, "username", "User already exists"),
        ({"username": "a b"}, "username", "1 validation error detected: Value at 'username' failed to satisfy"),
        ({"password": ""}, "password", "This field is required."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    pool: UserPool, page: Visitor, given: dict[str, str], field: str, message: str
) -> None:
    pool.create_user("alice")
    page.submit(**{**BOB, **given})

    assert page.path == "/signup"
    assert message in page.error_at(field)
    assert page.forms[0].values["username"] == given.get("username", "bob")
    assert page.forms[0].values["password"] == ""
    assert [user.username for user in pool.users] == ["alice"]


def test_an_error_is_shown_once(page: Visitor) -> None:
    page.submit(**{**BOB, "password": "x"})

    assert not Visitor.open(page, "/signup").error_at("password")


def test_a_function_that_refuses_says_why(pool: UserPool, cognito: Cognito, page: Visitor) -> None:
    @cognito.triggers.on("PreSignUp")
    def refuse(event: dict[str, Any], _: object) -> None:
        assert event["triggerSource"] == "PreSignUp_SignUp"
        raise ValueError("<b>not you</b>")

    page.submit(**BOB)

    assert "PreSignUp failed with error <b>not you</b>." in page.text
    assert "<b>" not in page.response.text
    assert pool.users == []


def test_a_user_whom_a_function_confirms_is_signed_in_at_once(
    pool: UserPool, client: AppClient, cognito: Cognito, page: Visitor
) -> None:
    @cognito.triggers.on("PreSignUp")
    def confirm(event: dict[str, Any], _: object) -> dict[str, Any]:
        event["response"]["autoConfirmUser"] = event["response"]["autoVerifyEmail"] = True
        return event

    page.submit(**BOB)

    assert "access_token" in tokens_of(client, page.back["code"])
    assert pool.user("bob").status == "CONFIRMED"


def test_a_pool_that_verifies_nothing_leaves_the_user_unconfirmed(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(AutoVerifiedAttributes=[])
    page = Visitor(client_of(pool)).open("/signup").submit(username="bob", password=PASSWORD)

    assert (page.path, "User is not confirmed." in page.text) == ("/signup", True)
    assert pool.user("bob").status == "UNCONFIRMED"


def test_a_client_with_a_secret_asks_its_users_for_no_hash(pool: UserPool, cognito_outbox: Outbox) -> None:
    client = client_of(pool, GenerateSecret=True)
    page = Visitor(client).open("/signup").submit(**BOB)
    page.submit(code=last_code(cognito_outbox))

    assert "access_token" in tokens_of(client, page.back["code"], client_secret=str(client.secret))


def test_a_second_factor_is_asked_for_after_the_sign_up(cognito: Cognito, cognito_outbox: Outbox) -> None:
    pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"], Schema=[REQUIRED[0]])
    pool.call("SetUserPoolMfaConfig", MfaConfiguration="ON", SoftwareTokenMfaConfiguration={"Enabled": True})
    page = Visitor(client_of(pool)).open("/signup").submit(**BOB)
    page.submit(code=last_code(cognito_outbox))

    assert "code" not in page.response.headers.get("Location", "")
    assert page.path.startswith("/mfa")


@pytest.mark.parametrize(
    ("settings", "client", "message"),
    [
        (
            {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}},
            {},
            "SignUp is not permitted for this user pool",
        ),
        ({}, {"SupportedIdentityProviders": ["Google"]}, "Login option is not available. Please try another one"),
    ],
)
def test_a_sign_up_that_is_closed(
    cognito: Cognito, settings: dict[str, Any], client: dict[str, Any], message: str
) -> None:
    pool = cognito.create_user_pool(**settings)
    details = {"client_id": "1", "client_secret": "2", "authorize_scopes": "openid"}
    pool.call("CreateIdentityProvider", ProviderName="Google", ProviderType="Google", ProviderDetails=details)
    page = Visitor(client_of(pool, **client)).open("/signup")

    assert (page.path, page.response.status_code) == ("/error", 400)
    assert message in page.text


def test_a_user_without_a_password(cognito: Cognito, cognito_outbox: Outbox) -> None:
    pool = cognito.create_user_pool(
        UsernameAttributes=["email"],
        AutoVerifiedAttributes=["email"],
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
    )
    client = client_of(pool, version=2, ExplicitAuthFlows=["ALLOW_USER_AUTH"])
    page = Visitor(client).open("/signup")
    assert page.fields["password"].get("required") is None

    page.submit(attribute_email="bob@example.com")
    page.submit(code=last_code(cognito_outbox))

    assert "code" in page.back


@pytest.mark.needs("CreateTerms")
def test_the_terms_of_an_app_client(pool: UserPool) -> None:
    client = client_of(pool, version=2)
    for name in ("terms-of-use", "privacy-policy"):
        assert "By signing up" not in Visitor(client).open("/signup").text
        pool.call(
            "CreateTerms",
            ClientId=client.id,
            TermsName=name,
            TermsSource="LINK",
            Enforcement="NONE",
            Links={
                "cognito:default": f"https://example.com/{name}",
                "cognito:german": f"https://example.com/de/{name}",
            },
        )

    assert "By signing up, you agree to our Terms of use and Privacy policy." in Visitor(client).open("/signup").text
    assert "https://example.com/de/terms-of-use" in Visitor(client, lang="de").open("/signup").response.text
    assert "https://example.com/terms-of-use" in Visitor(client, lang="fr").open("/signup").response.text


def test_managed_login_offers_a_passkey(cognito: Cognito, cognito_outbox: Outbox) -> None:
    pool = cognito.create_user_pool(
        AutoVerifiedAttributes=["email"],
        Schema=[REQUIRED[0]],
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}},
    )
    page = Visitor(client_of(pool, version=2)).open("/signup").submit(**BOB)
    page.submit(code=last_code(cognito_outbox))

    assert page.path == "/passkeys/add"
    assert "code" in page.open("/oauth2/authorize").back


def test_a_sign_up_is_an_event_of_threat_protection(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(
        AutoVerifiedAttributes=["email"],
        Schema=[REQUIRED[0]],
        UserPoolTier="PLUS",
        UserPoolAddOns={"AdvancedSecurityMode": "ENFORCED"},
    )
    client = client_of(pool)
    pool.call(
        "SetRiskConfiguration",
        CompromisedCredentialsRiskConfiguration={"EventFilter": ["SIGN_UP"], "Actions": {"EventAction": "BLOCK"}},
    )
    cognito.threats.compromise(password=PASSWORD)
    page = Visitor(client).open("/signup").submit(**BOB)
    assert page.path == "/signup"

    page.submit(**{**BOB, "password": "Another-horse-8"})

    events = pool.call("AdminListUserAuthEvents", Username="bob")["AuthEvents"]
    assert [(event["EventType"], event["EventResponse"]) for event in events] == [("SignUp", "Pass")]


def test_the_code_that_was_sent_is_the_one_that_counts(page: Visitor, pool: UserPool, cognito_outbox: Outbox) -> None:
    page.submit(**BOB)
    page.submit("/confirm", code=wrong(last_code(cognito_outbox)))

    assert (page.path, pool.user("bob").status) == ("/confirm", "UNCONFIRMED")
    assert "Invalid verification code provided, please try again." in page.error_at("code")

"""The link of a verification e-mail, opened as a browser or a test opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import httpx
import pytest
import requests

from pytest_cognito import AppClient, UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Message, Outbox
from pytest_cognito.server.socket import Server
from tests.support.refusals import refusal

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

SignUp = Callable[..., Message]

LINK = {"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"}}
CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"}

pytestmark = pytest.mark.cognito(pool=LINK)


@pytest.fixture
def sign_up(
    cognito_idp: CognitoIdentityProviderClient, cognito_user_pool: UserPool, cognito_app_client: AppClient
) -> SignUp:
    """Sign bob up in a pool with a domain; gives what was sent to bob."""

    def sign_up(outbox: Outbox, domain: str = "my-app", **config: Any) -> Message:
        cognito_user_pool.call("CreateUserPoolDomain", Domain=domain, **config)
        cognito_idp.sign_up(
            ClientId=cognito_app_client.id,
            Username="bob",
            Password="Correct-horse-7",
            UserAttributes=[{"Name": "email", "Value": "bob@example.com"}],
        )
        return outbox.last(to="bob@example.com")

    return sign_up


def link_of(message: Message) -> str:
    """The link of a message that has one."""
    assert message.link is not None
    return message.link


def test_the_link_confirms_and_verifies(sign_up: SignUp, cognito_outbox: Outbox, cognito_user_pool: UserPool) -> None:
    link = link_of(sign_up(cognito_outbox))

    answer = requests.get(link, timeout=5)

    bob = cognito_user_pool.user("bob")
    assert link.startswith("https://my-app.auth.us-east-1.amazoncognito.com/confirmUser/?")
    assert (answer.status_code, "Your registration has been confirmed!" in answer.text) == (200, True)
    assert (bob.status, bob.attributes["email_verified"]) == ("CONFIRMED", "true")


def test_the_mail_shows_the_link_and_no_code(sign_up: SignUp, cognito_outbox: Outbox) -> None:
    message = sign_up(cognito_outbox)
    link = link_of(message)

    assert f'<a href="{link.replace("&", "&amp;")}">' in message.body or link in message.body
    assert message.subject == "Your verification link"


def test_a_custom_domain_answers_too(sign_up: SignUp, cognito_outbox: Outbox, cognito_user_pool: UserPool) -> None:
    link = link_of(sign_up(cognito_outbox, "auth.example.com", CustomDomainConfig=CERTIFICATE))

    with urlopen(link) as answer:
        assert answer.status == 200

    assert link.startswith("https://auth.example.com/")
    assert cognito_user_pool.user("bob").status == "CONFIRMED"


def test_the_loopback_server_answers_the_same_page(
    sign_up: SignUp, cognito_outbox: Outbox, cognito_server: Server, cognito_user_pool: UserPool
) -> None:
    path = link_of(sign_up(cognito_outbox)).partition("amazoncognito.com")[2]

    assert httpx.get(cognito_server.endpoint_url + path, follow_redirects=True).status_code == 200
    assert cognito_user_pool.user("bob").status == "CONFIRMED"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda link: link + "0", "Invalid verification code provided, please try again."),
        (lambda link: link.replace("user_name=bob", "user_name=eve"), "Username/client id combination not found."),
        (lambda link: link.replace("client_id=", "client_id=x"), "does not exist."),
        (lambda link: link.replace("confirmation_code=", "code="), "confirmation_code"),
    ],
    ids=["code", "user", "client", "missing"],
)
def test_a_link_that_is_wrong_confirms_nobody(
    sign_up: SignUp, cognito_outbox: Outbox, cognito_user_pool: UserPool, spoil: Callable[[str], str], reason: str
) -> None:
    answer = requests.get(spoil(link_of(sign_up(cognito_outbox))), timeout=5)

    assert (answer.status_code, reason in answer.text) == (400, True)
    assert cognito_user_pool.user("bob").status == "UNCONFIRMED"


def test_a_link_works_for_a_day(
    sign_up: SignUp, cognito_outbox: Outbox, cognito_clock: Clock, cognito_user_pool: UserPool
) -> None:
    link = link_of(sign_up(cognito_outbox))
    cognito_clock.advance(hours=24)

    answer = requests.get(link, timeout=5)

    assert "Invalid code provided, please request a code again." in answer.text


def test_a_pool_without_a_domain_can_send_no_link(
    cognito_idp: CognitoIdentityProviderClient, cognito_app_client: AppClient
) -> None:
    code, _ = refusal(
        cognito_idp.sign_up,
        ClientId=cognito_app_client.id,
        Username="bob",
        Password="Correct-horse-7",
        UserAttributes=[{"Name": "email", "Value": "bob@example.com"}],
    )

    assert code == "InvalidParameterException"

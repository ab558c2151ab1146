"""The link of a verification e-mail, opened as a browser or a test opens it."""

from urllib.request import urlopen

import httpx
import pytest
import requests

from tests.support.refusals import refusal

LINK = {"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"}}
CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"}

pytestmark = pytest.mark.cognito(pool=LINK)


@pytest.fixture
def sign_up(cognito_idp, cognito_user_pool, cognito_app_client):
    """Sign bob up in a pool with a domain; gives what was sent to him."""

    def sign_up(outbox, domain="my-app", **config):
        cognito_user_pool.call("CreateUserPoolDomain", Domain=domain, **config)
        cognito_idp.sign_up(
            ClientId=cognito_app_client.id,
            Username="bob",
            Password="Correct-horse-7",
            UserAttributes=[{"Name": "email", "Value": "bob@example.com"}],
        )
        return outbox.last(to="bob@example.com")

    return sign_up


def test_the_link_confirms_and_verifies(sign_up, cognito_outbox, cognito_user_pool):
    link = sign_up(cognito_outbox).link

    answer = requests.get(link, timeout=5)

    bob = cognito_user_pool.user("bob")
    assert link.startswith("https://my-app.auth.us-east-1.amazoncognito.com/confirmUser/?")
    assert (answer.status_code, "Your registration has been confirmed!" in answer.text) == (200, True)
    assert (bob.status, bob.attributes["email_verified"]) == ("CONFIRMED", "true")


def test_the_mail_shows_the_link_and_no_code(sign_up, cognito_outbox):
    message = sign_up(cognito_outbox)

    assert f'<a href="{message.link.replace("&", "&amp;")}">' in message.body or message.link in message.body
    assert message.subject == "Your verification link"


def test_a_custom_domain_answers_too(sign_up, cognito_outbox, cognito_user_pool):
    link = sign_up(cognito_outbox, "auth.example.com", CustomDomainConfig=CERTIFICATE).link

    with urlopen(link) as answer:
        assert answer.status == 200

    assert link.startswith("https://auth.example.com/")
    assert cognito_user_pool.user("bob").status == "CONFIRMED"


def test_the_loopback_server_answers_the_same_page(sign_up, cognito_outbox, cognito_server, cognito_user_pool):
    path = sign_up(cognito_outbox).link.partition("amazoncognito.com")[2]

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
def test_a_link_that_is_wrong_confirms_nobody(sign_up, cognito_outbox, cognito_user_pool, spoil, reason):
    answer = requests.get(spoil(sign_up(cognito_outbox).link), timeout=5)

    assert (answer.status_code, reason in answer.text) == (400, True)
    assert cognito_user_pool.user("bob").status == "UNCONFIRMED"


def test_a_link_works_for_a_day(sign_up, cognito_outbox, cognito_clock, cognito_user_pool):
    link = sign_up(cognito_outbox).link
    cognito_clock.advance(hours=24)

    answer = requests.get(link, timeout=5)

    assert "Invalid code provided, please request a code again." in answer.text


def test_a_pool_without_a_domain_can_send_no_link(cognito_idp, cognito_app_client):
    code, _ = refusal(
        cognito_idp.sign_up,
        ClientId=cognito_app_client.id,
        Username="bob",
        Password="Correct-horse-7",
        UserAttributes=[{"Name": "email", "Value": "bob@example.com"}],
    )

    assert code == "InvalidParameterException"

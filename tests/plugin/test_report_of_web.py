"""Requests to the web side are in the report of a failing test, with what they caused."""

from __future__ import annotations

import re

import pytest

from .conftest import Run
from .sections import section

LINK = """
import requests

LINK = {"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"}}

@pytest.fixture
def link(cognito_user_pool, cognito_outbox):
    cognito_user_pool.call("CreateUserPoolDomain", Domain="mine")
    sign_up(cognito_user_pool)
    return cognito_outbox.last().link
"""


def test_a_request_with_the_trigger_that_it_ran(run: Run) -> None:
    shown = section(
        run,
        f"""{LINK}
def welcome(event, context):
    boto3.client("cognito-idp").list_groups(UserPoolId=event["userPoolId"])
    raise LookupError("no mail today")

@pytest.mark.cognito(pool=LINK, triggers={{"PostConfirmation": welcome}})
def test_it(link):
    assert requests.get(link, timeout=5).status_code == 200
""",
    )

    test = shown.partition("test:\n")[2].splitlines()
    asked, _, came = " ".join(line.strip() for line in test[:2]).partition(" → ")
    assert asked.startswith("GET /confirmUser/ ")
    assert re.search(r" client_id=\w{26}\b", asked)
    assert re.search(r" user_name=bob\b", asked)
    assert came == "UserLambdaValidationException: PostConfirmation failed with error no mail today."
    ran = test.index("    trigger PostConfirmation_ConfirmSignUp raised LookupError: no mail today")
    assert any(re.fullmatch(r"      ListGroups UserPoolId=\S+ → Groups=\[\]", line) for line in test[ran + 1 :])


def test_a_request_with_the_message_that_its_trigger_caused(run: Run) -> None:
    shown = section(
        run,
        f"""{LINK}
def again(event, context):
    boto3.client("cognito-idp").admin_create_user(
        UserPoolId=event["userPoolId"], Username="eve", DesiredDeliveryMediums=["EMAIL"],
        UserAttributes=[{{"Name": "email", "Value": "eve@example.com"}}])
    return event

@pytest.mark.cognito(pool=LINK, triggers={{"PostConfirmation": again}})
def test_it(link):
    assert requests.get(link, timeout=5).status_code == 400
""",
    )

    test = shown.partition("test:\n")[2].splitlines()
    assert test[0].startswith("GET /confirmUser/ ")
    assert "→ 200" in test[0] + test[1]
    ran = test.index("    trigger PostConfirmation_ConfirmSignUp changed nothing")
    (made,) = (place for place, line in enumerate(test) if line.startswith("      AdminCreateUser "))
    assert ran < made < test.index("          e-mail to eve@example.com: a temporary password")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/.well-known/jwks.json", "/.well-known/jwks.json → 200"),
        ("/nonsense?token=s3cret", "/nonsense token=*** → 400"),
    ],
)
def test_a_document(run: Run, path: str, line: str) -> None:
    shown = section(
        run,
        f"""
        def test_it(cognito_user_pool):
            import requests
            requests.get(cognito_user_pool.issuer + {path!r}, timeout=5)
            assert False
        """,
    )

    asked = re.sub(r"us-east-1_\w+?(?=x?/)", "POOL", shown.splitlines()[-1])
    assert asked == f"GET /POOL{line}"
    assert "s3cret" not in shown


def test_a_request_of_another_region_says_so(run: Run) -> None:
    shown = section(
        run,
        """
        def test_it(cognito):
            import requests
            requests.get("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a/.well-known/jwks.json", timeout=5)
            assert False
        """,
    )

    assert shown == "GET /eu-west-1_a/.well-known/jwks.json [eu-west-1] → 400\n"


def test_a_request_of_a_passing_test_shows_nothing(run: Run) -> None:
    result = run(
        "import requests\n"
        "def test_it(cognito_user_pool):\n"
        "    assert requests.get(cognito_user_pool.jwks_uri, timeout=5).status_code == 200",
        "-rA",
    )

    result.assert_outcomes(passed=1)
    assert "GET /" not in result.stdout.str().replace("requests.get", "")


def test_a_sign_in_by_an_identity_provider(run: Run) -> None:
    shown = section(
        run,
        """
def refuse(event, context):
    raise LookupError("not today")

@pytest.mark.cognito(triggers={"PreSignUp": refuse})
def test_it(cognito_user_pool):
    cognito_user_pool.create_identity_provider("Google").sign_in("1", {"email": "ann@example.com"})
""",
    )

    lines = [line.strip() for line in shown.splitlines()]
    begun = lines.index("GET /oauth2/idpresponse identity_provider=Google subject=1")
    assert lines[begun + 1] == "→ UserLambdaValidationException: PreSignUp failed with error not today."
    assert lines[begun + 2] == "trigger PreSignUp_ExternalProvider raised LookupError: not today"


OAUTH = """
OAUTH = {
    "AllowedOAuthFlowsUserPoolClient": True, "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"],
    "CallbackURLs": ["https://app.example.com/callback"], "SupportedIdentityProviders": ["COGNITO"],
}

@pytest.fixture
def start(cognito_user_pool):
    cognito_user_pool.call("CreateUserPoolDomain", Domain="mine")
    return (
        "https://mine.auth.us-east-1.amazoncognito.com/login?response_type=code&state=s&redirect_uri="
        f"https://app.example.com/callback&client_id={cognito_user_pool.client.id}"
    )
"""


def requests_of(shown: str) -> list[str]:
    """The requests in a section, each on one line, with what came of them."""
    test = " ".join(line.strip() for line in shown.partition("test:\n")[2].splitlines())
    return re.split(r" (?=(?:GET|POST) /)", test)


def test_a_sign_in_on_the_pages(run: Run) -> None:
    shown = section(
        run,
        f"""{OAUTH}
@pytest.mark.cognito(client=OAUTH, users=[{{"username": "ann", "password": "In-the-cl3ar!"}}])
def test_it(start, cognito_browser, cognito_user):
    cognito_browser.get(start).sign_in("ann", "Wr0ng-one!")
    back = cognito_browser.get(start).sign_in(cognito_user)
    assert back.code == "none"
""",
    )

    lines = requests_of(shown)
    assert [line.partition(" /login")[0] for line in lines] == ["GET", "POST", "GET", "GET", "POST"]
    posted = r"POST /login client_id=\w{26} _csrf=\*\*\* username=ann password=\*\*\* .*→ "
    assert re.fullmatch(
        posted + r"NotAuthorizedException: Incorrect username or password\. · ann: CONFIRMED.*", lines[1]
    )
    assert re.fullmatch(posted + r"302 to https://app\.example\.com/callback code=\*\*\* state=s", lines[4])
    assert "In-the-cl3ar!" not in shown
    assert "Wr0ng-one!" not in shown


def test_a_code_that_is_redeemed(run: Run) -> None:
    shown = section(
        run,
        f"""{OAUTH}
@pytest.mark.cognito(client=OAUTH)
def test_it(start, cognito_user):
    import requests
    code = cognito_user.authorize(start).code
    exchange = {{"grant_type": "authorization_code", "code": code, "code_verifier": "v3rifier", "client_secret": "s"}}
    requests.post(start.partition("/login")[0] + "/oauth2/token", data=exchange, timeout=5)
    assert False
""",
    )

    first, second = requests_of(shown)
    assert first.startswith("GET /oauth2/authorize response_type=code state=s redirect_uri=")
    assert first.endswith("→ 302 to https://app.example.com/callback code=*** state=s")
    assert "POST /oauth2/token grant_type=authorization_code code=*** code_verifier=*** client_secret=***" in second
    assert "v3rifier" not in shown


def test_a_redirect_to_the_error_page(run: Run) -> None:
    shown = section(
        run,
        f"""{OAUTH}
@pytest.mark.cognito(client=OAUTH)
def test_it(start, cognito_browser):
    page = cognito_browser.get(start.replace("callback", "elsewhere"))
    assert page.name == "sign-in"
""",
    )

    assert requests_of(shown)[1].startswith("GET /error error=redirect_mismatch client_id=")


def test_what_a_form_tells_of_a_user(run: Run) -> None:
    shown = section(
        run,
        f"""{OAUTH}
@pytest.mark.cognito(client=OAUTH)
def test_it(start, cognito_browser):
    attributes = {{"requiredAttributes[email]": "ann@example.com", "requiredAttributes[given_name]": "Ann-Marie"}}
    cognito_browser.get(start)
    sent = {{"username": "ann", "id_token_hint": "t0ken", "actor_token_type": "x", **attributes}}
    cognito_browser.post("/login", sent)
    assert False
""",
    )

    (posted,) = (line for line in requests_of(shown) if line.startswith("POST /login"))
    assert "username=ann id_token_hint=*** actor_token_type=x requiredAttributes[email]=ann@example.com" in posted
    assert "requiredAttributes[given_name]=***" in posted
    assert "Ann-Marie" not in shown

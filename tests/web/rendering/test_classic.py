"""The pages of the classic hosted UI: what scrapers rely on, and what a customization changes."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.web.rendering.html import render
from tests.support import images
from tests.support.example_pages import PAGES, QUERY
from tests.support.rendering import Context, body, domain, element, of_client, read, rendered

CSS = ".submitButton-customizable { background-color: #123456; }\r\n.label-customizable { color: #222; }"


def test_the_form_of_a_sign_in() -> None:
    html = rendered(PAGES["sign-in"], Context(csrf_token="1-2"))
    action = re.search(r'<form action="([^"]*)"[^>]*name="cognitoSignInForm"', html)
    token = re.search(r'method="post"[^>]*><input type="hidden" name="_csrf"\s+value="([^"]+)"', html)

    assert action is not None
    assert action[1] == f"/login?{QUERY}".replace("&", "&amp;")
    assert token is not None
    assert token[1] == "1-2"


def test_names_ids_and_classes_of_a_sign_in() -> None:
    soup = read(PAGES["sign-in-refused"])

    assert element(soup, "title").text == "Signin"
    assert element(soup, "form.cognito-asf input#signInFormUsername")["name"] == "username"
    assert element(soup, "input#signInFormPassword")["type"] == "password"
    assert element(soup, "input[name=signInSubmitButton].submitButton-customizable")["value"] == "Sign in"
    assert element(soup, "p#loginErrorMessage.errorMessage-customizable").text == "Incorrect username or password."
    assert element(soup, "span.textDescription-customizable").text == "Sign in with your username and password"
    assert element(soup, "label[for=signInFormUsername].label-customizable").text == "Username"
    assert len(soup.select("div.modal-content.background-customizable.visible-lg input[name=username]")) == 1
    assert [link.text for link in soup.select("a")] == ["Forgot your password?", "Sign up"]


def test_buttons_of_identity_providers() -> None:
    soup = read(PAGES["sign-in-with-providers"])
    google = element(soup, "button[name=googleSignUpButton].socialButton-customizable")
    company = element(soup, "form[name=loginWithIdentityProvider] input.idpButton-customizable")

    assert google.text == "Continue with Google"
    assert len(soup.select(".socialButton-customizable")) == 4
    assert company["value"] == company["aria-label"] == "ExampleCorp"
    form = company.find_parent("form")
    assert form is not None
    assert (form["method"], form["action"]) == ("get", "/oauth2/authorize")
    fields = {str(field["name"]): field["value"] for field in form.select("input[type=hidden]")}
    assert fields["identity_provider"] == "ExampleCorp"
    assert fields["redirect_uri"] == "https://app.example.com/back"
    assert fields["state"] == "x&y"


def test_the_page_of_a_sign_up_and_of_a_new_password() -> None:
    sign_up, confirm = read(PAGES["sign-up"]), read(PAGES["confirm"])

    assert element(sign_up, "form[name=signupform] button[name=signUpButton].signUpButton").text == "Sign up"
    assert element(sign_up, "input[name='requiredAttributes[email]']")["type"] == "email"
    assert element(confirm, "input#verification_code")["name"] == "code"
    assert element(confirm, "form[action^='/resendcode'] button").text == "Send a new code"
    changed = read(PAGES["confirm-forgot-password"])
    assert [
        field["name"] for field in changed.select("form[name=confirmforgotpasswordform] input:not([type=hidden])")
    ] == [
        "code",
        "password",
        "confirmPassword",
    ]


def test_a_choice_is_a_group_of_radio_buttons() -> None:
    soup = read(PAGES["choice"])

    assert [button["value"] for button in soup.select("input[type=radio][name=answer]")] == [
        "PASSWORD",
        "WEB_AUTHN",
        "EMAIL_OTP",
        "SMS_OTP",
    ]
    assert element(soup, "input[checked]")["value"] == "PASSWORD"


def test_the_status_of_a_page() -> None:
    assert render(Context(), PAGES["error"]).status == 400


def test_what_stands_before_the_paths_of_a_domain() -> None:
    soup = read(PAGES["sign-in-with-providers"], Context(base="/my-app"))
    addresses = [str(tag["action"]) for tag in soup.select("form")] + [str(tag["href"]) for tag in soup.select("a")]

    assert addresses
    assert all(address.startswith("/my-app/") for address in addresses)


@pytest.mark.parametrize("whose", ["the client's", "all clients'"])
def test_a_customization(cognito: Cognito, whose: str) -> None:
    context = of_client(cognito, 1)
    assert context.client_record is not None
    client: dict[str, Any] = {"ClientId": context.client_record.id} if whose == "the client's" else {}
    cognito.call(
        "SetUICustomization", UserPoolId=context.client_record.pool_id, CSS=CSS, ImageFile=images.PNG, **client
    )
    response = render(context, PAGES["sign-in"])

    assert f"<style>{CSS}</style>".replace("\r\n", "\n") in body(response)
    logo = element(read(PAGES["sign-in"], context), "img.logo-customizable")
    assert logo["src"] == f"data:image/png;base64,{base64.b64encode(images.PNG).decode()}"


def test_a_customization_of_a_client_comes_before_that_of_all(cognito: Cognito) -> None:
    context = of_client(cognito, 1)
    assert context.client_record is not None
    pool_id = context.client_record.pool_id
    cognito.call("SetUICustomization", UserPoolId=pool_id, CSS=".label-customizable {color: blue}")
    assert "{color: blue}" in rendered(PAGES["sign-in"], context)
    client_id = context.client_record.id
    cognito.call("SetUICustomization", UserPoolId=pool_id, ClientId=client_id, CSS=".label-customizable {color: red}")

    assert "{color: red}" in rendered(PAGES["sign-in"], context)
    assert "{color: blue}" in rendered(PAGES["error"], Context(cognito.world, domain(pool_id=pool_id)))


def test_every_class_that_a_style_sheet_may_name_is_on_a_page() -> None:
    names = {name for page in PAGES.values() for each in read(page).select("[class]") for name in each["class"]}
    seen = {name for name in names if name.endswith("-customizable")}
    # Those of the rules of a password are given by the script, as the user types.
    sheet = {
        *("background", "banner", "errorMessage", "idpButton", "idpDescription", "inputField", "label", "legalText"),
        *("redirect", "socialButton", "submitButton", "textDescription"),
    }
    assert {f"{name}-customizable" for name in sheet} <= seen

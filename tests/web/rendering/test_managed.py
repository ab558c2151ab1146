"""The pages of managed login, and what the style of a client changes."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.web.rendering import branding, texts
from pytest_cognito.web.rendering.page import Link
from tests.support import images
from tests.support.example_pages import PAGES
from tests.support.rendering import Context, domain, element, of_client, read, rendered

BLUE = "components.primaryButton"
MANAGED = Context(domain=domain(2))


def style(**groups: Any) -> dict[str, Any]:
    return {"categories": groups}


def asset(category: str, mode: str, image: bytes = images.PNG, extension: str = "PNG") -> dict[str, Any]:
    return {"Category": category, "ColorMode": mode, "Extension": extension, "Bytes": image}


def url(image: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(image).decode()}"


def test_a_page_has_a_title_of_its_own_and_the_names_of_the_classic_form() -> None:
    soup = read(PAGES["sign-in-refused"], MANAGED)

    assert element(soup, "title").text == "Sign in"
    assert element(soup, "form[name=cognitoSignInForm] input[name=_csrf]")["value"] == "a-token"
    assert element(soup, "button[name=signInSubmitButton]").text == "Sign in"
    assert element(soup, "#loginErrorMessage").text == "Incorrect username or password."


def test_a_choice_is_a_button_for_each() -> None:
    buttons = read(PAGES["choice"], MANAGED).select("form button")

    assert [(button["name"], button["value"]) for button in buttons] == [
        ("answer", "PASSWORD"),
        ("answer", "WEB_AUTHN"),
        ("answer", "EMAIL_OTP"),
        ("answer", "SMS_OTP"),
    ]


def test_a_choice_beside_fields_is_a_group_of_radio_buttons() -> None:
    [form] = PAGES["choice"].forms
    page = replace(PAGES["choice"], forms=(replace(form, fields=PAGES["confirm"].forms[0].fields),))
    soup = read(page, MANAGED)

    assert len(soup.select("input[type=radio]")) == 4
    assert element(soup, "form button").text == "Continue"


def test_buttons_of_identity_providers() -> None:
    buttons = read(PAGES["sign-in-with-providers"], MANAGED).select(".provider > span:last-child")

    assert [button.text for button in buttons] == [
        "Continue with Google",
        "Continue with Facebook",
        "Continue with Amazon",
        "Continue with Apple",
        "Continue with ExampleCorp",
    ]


@pytest.mark.parametrize("order", ["FEDERATED first", "FEDERATED last"])
def test_the_order_of_methods(cognito: Cognito, order: str) -> None:
    methods = [{"display": "BUTTON", "type": "FEDERATED"}, {"display": "INPUT", "type": "USERNAME_PASSWORD"}]
    if order == "FEDERATED last":
        methods.reverse()
    context = of_client(cognito, 2, settings=style(auth={"authMethodOrder": [methods]}))
    html = rendered(PAGES["sign-in-with-providers"], context)

    is_first = html.index("Continue with Google") < html.index("signInFormUsername")
    assert is_first is (order == "FEDERATED first")


def test_the_order_of_identity_providers(cognito: Cognito) -> None:
    settings = style(auth={"federation": {"order": ["ExampleCorp", "Facebook"]}})
    buttons = read(PAGES["sign-in-with-providers"], of_client(cognito, 2, settings=settings)).select(".provider")

    names = [button["data-provider"] for button in buttons]
    assert names == ["ExampleCorp", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple"]


def test_the_colors_of_one_providers_button(cognito: Cognito) -> None:
    red, blue = ({"defaults": {"backgroundColor": color}} for color in ("aa0000ff", "0000aaff"))
    custom = {"Google": {"lightMode": red, "darkMode": blue}, 'a"</style>': {"lightMode": red}}
    settings = {**style(**{"global": {"colorSchemeMode": "DYNAMIC"}}), "components": {"idpButton": {"custom": custom}}}
    html = rendered(PAGES["sign-in-with-providers"], of_client(cognito, 2, settings=settings))

    light, dark = html.split("@media (prefers-color-scheme: dark)")[-2:]
    assert '.provider[data-provider="Google"]{--provider:#aa0000ff;}' in light
    assert '.provider[data-provider="a\\22 \\3c \\2f style\\3e "]{--provider:#aa0000ff;}' in light
    assert '.provider[data-provider="Google"]{--provider:#0000aaff;}' in dark


def test_colors_and_radii(cognito: Cognito) -> None:
    color = {"lightMode": {"defaults": {"backgroundColor": "11223344"}}}
    settings = {
        "components": {"primaryButton": color},
        "componentClasses": {"buttons": {"borderRadius": 1.5}, "input": {"borderRadius": 1e9}},
    }
    html = rendered(PAGES["sign-in"], of_client(cognito, 2, settings=settings))

    assert "--primary:#11223344;" in html
    assert "--primary-hover:#033160ff;" in html  # Cognito's own
    assert "--button-radius:1.5px;" in html
    assert "--input-radius:100px;" in html


@pytest.mark.parametrize(
    ("mode", "scheme", "form", "asks"),
    [
        ("LIGHT", "color-scheme:light;", "--form:#ffffffff", False),
        ("DARK", "color-scheme:dark;", "--form:#0f1b2aff", False),
        ("DYNAMIC", "color-scheme:light dark;", "--form:#ffffffff", True),
    ],
)
def test_color_modes(cognito: Cognito, mode: str, scheme: str, form: str, asks: bool) -> None:
    html = rendered(PAGES["sign-in"], of_client(cognito, 2, settings=style(**{"global": {"colorSchemeMode": mode}})))

    assert scheme in html
    assert form in html
    assert ("@media (prefers-color-scheme: dark)" in html) is asks


def test_images_by_color_mode(cognito: Cognito) -> None:
    settings = {
        **style(**{"global": {"colorSchemeMode": "DYNAMIC", "pageHeader": {"enabled": True}}}),
        "components": {
            "form": {"logo": {"enabled": True}, "backgroundImage": {"enabled": True}},
            "pageHeader": {"logo": {"enabled": True}},
        },
    }
    assets = [
        asset("FORM_LOGO", "LIGHT"),
        asset("FORM_LOGO", "DARK", images.WEBP, "WEBP"),
        asset("PAGE_HEADER_LOGO", "DYNAMIC", images.SVG, "SVG"),
        asset("FORM_BACKGROUND", "LIGHT", images.JPEG, "JPEG"),
        asset("FAVICON_SVG", "DYNAMIC", images.SVG, "SVG"),
        asset("EMAIL_GRAPHIC", "DARK"),
    ]
    context = of_client(cognito, 2, settings=settings, assets=assets)
    soup = read(PAGES["confirm"], context)

    assert element(soup, ".form-logo img")["src"] == url(images.PNG, "image/png")
    assert element(soup, ".form-logo source")["srcset"] == url(images.WEBP, "image/webp")
    assert element(soup, "header img")["src"] == url(images.SVG, "image/svg+xml")
    assert element(soup, "link[rel=icon]")["href"] == url(images.SVG, "image/svg+xml")
    assert element(soup, ".graphic img")["src"] == url(images.PNG, "image/png")
    assert f'--form-image:url("{url(images.JPEG, "image/jpeg")}");' in rendered(PAGES["confirm"], context)


def test_what_is_switched_off_is_not_shown(cognito: Cognito) -> None:
    settings = {
        **style(form={"displayGraphics": False}),
        "componentClasses": {"idpButtons": {"icons": {"enabled": False}}},
        "components": {"pageBackground": {"image": {"enabled": False}}},
    }
    context = of_client(cognito, 2, settings=settings, assets=[asset("FORM_LOGO", "LIGHT")])

    assert not read(PAGES["confirm"], context).select(".graphic, .form-logo, header, footer, .languages")
    soup = read(PAGES["sign-in-with-providers"], context)
    assert not soup.select(".badge")
    assert "plain-background" in element(soup, "body")["class"]


def test_icons_of_identity_providers(cognito: Cognito) -> None:
    icon = {**asset("IDP_BUTTON_ICON", "DYNAMIC"), "ResourceId": "ExampleCorp"}
    soup = read(PAGES["sign-in-with-providers"], of_client(cognito, 2, assets=[icon]))

    assert element(soup, ".icon img")["src"] == url(images.PNG, "image/png")
    assert len(soup.select(".badge")) == 4


def test_the_place_of_the_form(cognito: Cognito) -> None:
    place = {"location": {"horizontal": "END", "vertical": "of no kind"}}
    body = element(read(PAGES["sign-in"], of_client(cognito, 2, settings=style(form=place))), "body")

    assert {"form-end", "form-vertical-center", "density-regular"} <= set(body["class"])


def test_cognitos_own_values(cognito: Cognito) -> None:
    context = of_client(cognito, 2)
    assert context.client_record is not None
    assert not branding.is_available(context)
    client: dict[str, Any] = {"UserPoolId": context.client_record.pool_id, "ClientId": context.client_record.id}
    cognito.call("CreateManagedLoginBranding", UseCognitoProvidedValues=True, **client)

    assert branding.is_available(context)
    assert "--primary:#0972d3ff;" in rendered(PAGES["sign-in"], context)


@pytest.mark.needs("CreateTerms")
def test_terms_are_there_if_both_documents_are(cognito: Cognito) -> None:
    context = of_client(cognito, 2, query={"lang": "de"})
    assert context.client_record is not None
    client: dict[str, Any] = {"UserPoolId": context.client_record.pool_id, "ClientId": context.client_record.id}
    more: dict[str, Any] = {"TermsSource": "LINK", "Enforcement": "NONE", **client}
    use = {"cognito:default": "https://example.com/use", "cognito:german": "https://example.com/nutzung"}
    cognito.call("CreateTerms", TermsName="terms-of-use", Links=use, **more)
    assert branding.terms(context) == ()
    cognito.call(
        "CreateTerms", TermsName="privacy-policy", Links={"cognito:default": "https://example.com/privacy"}, **more
    )
    links = branding.terms(context)

    assert links == (
        Link(texts.TERMS_OF_USE, "https://example.com/nutzung"),
        Link(texts.PRIVACY_POLICY, "https://example.com/privacy"),
    )
    assert branding.terms(replace(context, domain=domain(1))) == ()
    page = replace(PAGES["sign-up"], terms=links)
    assert "Nutzungsbedingungen und Datenschutzerklärung" in read(page, context).text

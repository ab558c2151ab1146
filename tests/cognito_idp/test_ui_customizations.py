"""The branding of the classic hosted UI."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp.rules.branding import style_sheets
from tests.support import images
from tests.support.app import Answer, App, MakeApp
from tests.support.refusals import invalid_parameter, refusal

CSS = """
/* the colours of the house */
.banner-customizable { background-color: #eee; padding: 10px 0px }
.submitButton-customizable:hover, .idpButton-customizable { color: rgb(0, 0, 0); }
"""


@pytest.fixture
def app(make_app: MakeApp) -> App:
    app = make_app()
    app.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain="branded")
    return app


def customize(app: App, **customization: Any) -> Answer:
    answer: Answer = app.call("set_ui_customization", UserPoolId=app.pool_id, **customization)["UICustomization"]
    return answer


def customization(app: App, **of: str) -> Answer:
    answer: Answer = app.call("get_ui_customization", UserPoolId=app.pool_id, **of)["UICustomization"]
    return answer


def test_nothing_is_customized_at_first(app: App) -> None:
    assert customization(app) == {}
    assert customization(app, ClientId=app.client_id) == {}


def test_a_style_sheet_and_a_logo(app: App, cognito: Cognito) -> None:
    cognito.clock.move_to("2030-01-28T23:12:40Z")
    made = customize(app, CSS=CSS, ImageFile=images.PNG)

    assert (made["UserPoolId"], made["ClientId"], made["CSS"]) == (app.pool_id, "ALL", CSS)
    assert made["CSSVersion"].startswith("20300128231240"[:-1])
    assert made["ImageUrl"].startswith("https://")
    assert made["ImageUrl"].endswith(".png")
    assert customization(app) == made


def test_a_client_has_its_own_or_that_of_all(app: App) -> None:
    everyone = customize(app, CSS=CSS)
    assert customization(app, ClientId=app.client_id) == everyone

    own = customize(app, ClientId=app.client_id, ImageFile=images.JPEG)

    assert customization(app, ClientId=app.client_id) == own
    assert "CSS" not in own
    assert customization(app) == everyone
    assert customization(app.with_client(), ClientId=app.client_id) == own


def test_both_are_set_together(app: App, cognito: Cognito) -> None:
    before = customize(app, CSS=CSS, ImageFile=images.PNG)
    cognito.clock.advance(seconds=5)

    after = customize(app, CSS=CSS)

    assert "ImageUrl" not in after
    assert after["CreationDate"] == before["CreationDate"]
    assert after["CSSVersion"] > before["CSSVersion"]


def test_neither_removes_the_customization(app: App) -> None:
    customize(app, CSS=CSS)
    customize(app, ClientId=app.client_id, CSS=CSS)

    assert customize(app, ClientId=app.client_id) == {"UserPoolId": app.pool_id, "ClientId": app.client_id}

    assert customization(app, ClientId=app.client_id)["ClientId"] == "ALL"


SELECTORS = [".logo-customizable", ".label-customizable", ".inputField-customizable:focus", ".redirect-customizable"]
DECLARATIONS = ["color: #fff", "border: 1px solid rgb(0, 0, 0)", "background: url(https://example.com/a.png)", "--x: 1"]
RULES = st.tuples(
    st.lists(st.sampled_from(SELECTORS), min_size=1, max_size=3), st.lists(st.sampled_from(DECLARATIONS), max_size=3)
)


@given(st.lists(RULES, max_size=4), st.sampled_from(["", "\n", "\t/* { a comment } */\n"]))
def test_rules_in_any_layout_are_taken(rules: list[tuple[list[str], list[str]]], space: str) -> None:
    sheet = "".join(f"{space}{f',{space}'.join(names)}{space}{{{';'.join(values)}{space}}}" for names, values in rules)
    style_sheets.check(sheet)


def test_a_pool_without_domain_has_no_pages_to_customize(make_app: MakeApp) -> None:
    error = refusal(customize, app=make_app(), CSS=CSS)
    assert error == invalid_parameter("There has to be an existing domain associated with this user pool")


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("body { color: red }", "body"),
        (".banner-customizable div { color: red }", ".banner-customizable div"),
        (".label-customizable:focus { color: red }", ".label-customizable:focus"),
        ("@media print { .label-customizable { color: red } }", "@media"),
        (".label-customizable { color: <b>red</b> }", "<b>"),
        (".label-customizable { background: url(javascript:alert(1)) }", "javascript:"),
        (".label-customizable { color red }", "color red"),
        (".label-customizable { color: red", ".label-customizable {"),
    ],
)
def test_a_style_sheet_that_aws_does_not_take(app: App, css: str, told: str) -> None:
    before = customize(app, CSS=CSS)

    error = refusal(customize, app=app, CSS=css)

    assert (error.code, told in error.message) == ("InvalidParameterException", True)
    assert customization(app) == before


@pytest.mark.parametrize("logo", [images.SVG, b"GIF89a", images.PNG + b"\0" * 102_400])
def test_a_logo_that_aws_does_not_take(app: App, logo: bytes) -> None:
    assert refusal(customize, app=app, ImageFile=logo).code == "InvalidParameterException"
    assert customization(app) == {}


@pytest.mark.parametrize("operation", ["get_ui_customization", "set_ui_customization"])
def test_who_is_customized_must_be_there(app: App, operation: str) -> None:
    no_client = refusal(app.call, operation=operation, UserPoolId=app.pool_id, ClientId="nobody")
    assert no_client == ("ResourceNotFoundException", "User pool client nobody does not exist.")
    assert refusal(app.call, operation=operation, UserPoolId="us-east-1_nowhere").code == "ResourceNotFoundException"

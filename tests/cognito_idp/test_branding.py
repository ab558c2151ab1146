"""The styles of managed login."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import images
from tests.support.app import Answer, App, MakeApp
from tests.support.refusals import Refusal, refusal

LOGO = {"Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "PNG", "Bytes": images.PNG}
ICON = {"Category": "FAVICON_ICO", "ColorMode": "DYNAMIC", "Extension": "ICO", "Bytes": images.ICO}
SETTINGS: dict[str, Any] = {
    "categories": {"global": {"colorSchemeMode": "DARK"}},
    "componentClasses": {"buttons": {"borderRadius": 1}},
    "components": {"primaryButton": {"lightMode": {"defaults": {"backgroundColor": "112233ff"}}}},
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def create(app: App, **style: Any) -> Answer:
    call = {"UserPoolId": app.pool_id, "ClientId": app.client_id}
    answer: Answer = app.call("create_managed_login_branding", **call, **style)["ManagedLoginBranding"]
    return answer


def described(app: App, **more: Any) -> Answer:
    call = {"UserPoolId": app.pool_id, "ClientId": app.client_id}
    answer: Answer = app.call("describe_managed_login_branding_by_client", **call, **more)["ManagedLoginBranding"]
    return answer


def update(app: App, style: Answer, **changes: Any) -> Answer:
    call = {"UserPoolId": app.pool_id, "ManagedLoginBrandingId": style["ManagedLoginBrandingId"]}
    answer: Answer = app.call("update_managed_login_branding", **call, **changes)["ManagedLoginBranding"]
    return answer


def test_a_style_of_cognito(app: App) -> None:
    made = create(app, UseCognitoProvidedValues=True)

    assert made["UseCognitoProvidedValues"]
    assert made["Assets"] == []
    assert "Settings" not in made
    assert described(app) == made


def test_a_style_of_ones_own(app: App) -> None:
    made = create(app, Settings=SETTINGS, Assets=[LOGO, ICON])

    assert not made["UseCognitoProvidedValues"]
    assert (made["Settings"], made["Assets"]) == (SETTINGS, [LOGO, ICON])
    by_id = {"UserPoolId": app.pool_id, "ManagedLoginBrandingId": made["ManagedLoginBrandingId"]}
    assert app.call("describe_managed_login_branding", **by_id)["ManagedLoginBranding"] == made


def test_images_beside_cognitos_own_values(app: App) -> None:
    assert create(app, UseCognitoProvidedValues=True, Assets=[LOGO])["Assets"] == [LOGO]


def test_merged_it_has_every_setting(app: App) -> None:
    create(app, Settings=SETTINGS)

    settings = described(app, ReturnMergedResources=True)["Settings"]

    assert settings["categories"]["global"] == {
        "colorSchemeMode": "DARK",
        "pageFooter": {"enabled": False},
        "pageHeader": {"enabled": False},
        "spacingDensity": "REGULAR",
    }
    assert settings["components"]["primaryButton"]["lightMode"]["defaults"] == {
        "backgroundColor": "112233ff",
        "textColor": "ffffffff",
    }
    assert described(app)["Settings"] == SETTINGS


def test_an_update_keeps_what_it_leaves_out(app: App, cognito: Cognito) -> None:
    style = create(app, Settings=SETTINGS, Assets=[LOGO])
    cognito.clock.advance(seconds=1)

    changed = update(app, style, Settings={"categories": {"global": {"spacingDensity": "COMPACT"}}}, Assets=[ICON])

    assert changed["Settings"]["categories"]["global"] == {"colorSchemeMode": "DARK", "spacingDensity": "COMPACT"}
    assert changed["Settings"]["components"] == SETTINGS["components"]
    assert changed["Assets"] == [LOGO, ICON]
    assert changed["LastModifiedDate"] > changed["CreationDate"] == style["CreationDate"]
    assert described(app) == changed


def test_an_image_takes_the_place_of_the_one_before(app: App) -> None:
    style = create(app, Assets=[LOGO, ICON])
    other = {**LOGO, "Extension": "JPEG", "Bytes": images.JPEG}

    assert update(app, style, Assets=[other])["Assets"] == [other, ICON]


def test_back_to_cognitos_own_values(app: App) -> None:
    style = create(app, Settings=SETTINGS, Assets=[LOGO])

    changed = update(app, style, UseCognitoProvidedValues=True)

    assert (changed["UseCognitoProvidedValues"], changed["Assets"], changed.get("Settings")) == (True, [], None)
    assert not update(app, style, Settings=SETTINGS)["UseCognitoProvidedValues"]


def test_a_client_has_one_style(app: App) -> None:
    style = create(app)
    code, _ = refusal(create, app=app, UseCognitoProvidedValues=True)
    assert code == "ManagedLoginBrandingExistsException"
    assert described(app) == style

    by_id = {"UserPoolId": app.pool_id, "ManagedLoginBrandingId": style["ManagedLoginBrandingId"]}
    app.call("delete_managed_login_branding", **by_id)

    assert refusal(described, app=app).code == "ResourceNotFoundException"
    assert refusal(app.call, operation="delete_managed_login_branding", **by_id).code == "ResourceNotFoundException"
    assert create(app)["ManagedLoginBrandingId"] != style["ManagedLoginBrandingId"]


def test_a_style_goes_with_its_client(app: App) -> None:
    style = create(app)
    app.call("delete_user_pool_client", UserPoolId=app.pool_id, ClientId=app.client_id)
    by_id = {"UserPoolId": app.pool_id, "ManagedLoginBrandingId": style["ManagedLoginBrandingId"]}
    assert refusal(app.call, operation="describe_managed_login_branding", **by_id).code == "ResourceNotFoundException"


@pytest.mark.parametrize(
    "style",
    [
        {"UseCognitoProvidedValues": True, "Settings": SETTINGS},
        {"Settings": {"colors": {}}},
        {"Settings": {"components": {"secretButton": {}}}},
        {"Settings": {"components": {"form": {"borderRadius": "round"}}}},
        {"Settings": {"components": {"pageText": {"darkMode": {"bodyColor": "#fff"}}}}},
        {"Settings": {"categories": []}},
        {"Assets": [{**LOGO, "Bytes": images.JPEG}]},
        {"Assets": [{**LOGO, "Bytes": b""}]},
        {"Assets": [{**ICON, "Extension": "PNG", "Bytes": images.PNG}]},
        {"Assets": [{**LOGO, "Extension": "SVG", "Bytes": images.SVG.replace(b"/>", b"><script/></svg>")}]},
        {"Assets": [{**LOGO, "ResourceId": str(n), "Bytes": images.PNG + b"\0" * 900_000} for n in range(2)]},
        {"Assets": [LOGO] * 41},
    ],
)
def test_a_style_that_aws_does_not_take(app: App, style: Answer) -> None:
    assert refusal(create, app=app, **style).code == "InvalidParameterException"
    assert refusal(described, app=app).code == "ResourceNotFoundException"

    before = create(app, Settings=SETTINGS)
    assert refusal(update, app=app, style=before, **style).code == "InvalidParameterException"
    assert described(app) == before


@pytest.mark.parametrize(
    ("extension", "image"), [("SVG", images.SVG), ("WEBP", images.WEBP), ("JPEG", images.JPEG), ("ICO", images.ICO)]
)
def test_each_format_is_known(app: App, extension: str, image: bytes) -> None:
    asset = {**LOGO, "Extension": extension, "Bytes": image}
    assert create(app, Assets=[asset])["Assets"] == [asset]


def test_an_update_names_the_style(app: App, make_app: MakeApp) -> None:
    missing = refusal(app.call, operation="update_managed_login_branding", Settings=SETTINGS)
    assert missing.code == "InvalidParameterException"
    foreign = create(make_app())
    assert refusal(update, app=app, style=foreign).code == "ResourceNotFoundException"


def test_a_pool_has_twenty_styles(app: App) -> None:
    for _ in range(20):
        create(app.with_client())
    assert refusal(create, app=app) == Refusal("LimitExceededException", "Managed login branding limit exceeded.")


def test_the_lite_plan_has_no_styles(make_app: MakeApp) -> None:
    assert refusal(create, app=make_app(UserPoolTier="LITE")).code == "InvalidParameterException"

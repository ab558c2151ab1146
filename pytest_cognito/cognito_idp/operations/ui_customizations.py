"""Operations on the branding of the classic hosted UI."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import (
    ALL_CLIENTS,
    UI_CUSTOMIZATIONS,
    Domain,
    UICustomization,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.branding import images, style_sheets
from pytest_cognito.world import Context

_MAX_LOGO = 100 * 1024
_EXTENSIONS = {images.PNG: "png", images.JPEG: "jpg"}


@operation
def set_ui_customization(
    context: Context,
    *,
    user_pool_id: str,
    client_id: str = ALL_CLIENTS,
    css: str | None = None,
    image_file: bytes | None = None,
) -> Response:
    """Set the style sheet and the logo of an app client's pages, or of all clients that have none of their own.

    The two are set together: what the request leaves out is removed. A request with neither removes the customization.
    The pool must have a domain.
    """
    pool = _pool_and_client(context, user_pool_id, client_id)
    domain = _domain(context, pool)
    style_sheets.check(css or "")
    extension = _extension(image_file) if image_file else None
    table = context.table(UI_CUSTOMIZATIONS)
    if not css and not image_file:
        table.delete((pool.id, client_id))
        return {"UICustomization": {"UserPoolId": pool.id, "ClientId": client_id}}
    now, before = context.now(), table.get((pool.id, client_id))
    version = f"{now:%Y%m%d%H%M%S}"
    place = f"https://{domain.distribution}/{pool.id}/{client_id}/{version}/assets/images"
    customization = UICustomization(
        pool_id=pool.id,
        client_id=client_id,
        css=css or None,
        version=version,
        image=image_file or None,
        image_url=None if extension is None else f"{place}/image.{extension}",
        created=before.created if before else now,
        modified=now,
    )
    table.put(customization)
    return {"UICustomization": _described(customization)}


@operation
def get_ui_customization(context: Context, *, user_pool_id: str, client_id: str = ALL_CLIENTS) -> Response:
    """Get the customization of an app client, or else that of all clients; it is empty if there is neither."""
    pool = _pool_and_client(context, user_pool_id, client_id)
    table = context.table(UI_CUSTOMIZATIONS)
    found = table.get((pool.id, client_id)) or table.get((pool.id, ALL_CLIENTS))
    return {"UICustomization": _described(found) if found else {}}


def _pool_and_client(context: Context, pool_id: str, client_id: str) -> UserPool:
    pool = lookup.pool(context, pool_id)
    if client_id != ALL_CLIENTS:
        lookup.client(context, pool, client_id)
    return pool


def _domain(context: Context, pool: UserPool) -> Domain:
    """A domain of the pool, which serves the logo: the custom one if it has both kinds."""
    domains = lookup.domains(context, pool)
    if not domains:
        raise errors.UI_CUSTOMIZATION_WITHOUT_DOMAIN()
    return max(domains, key=lambda domain: domain.custom)


def _extension(logo: bytes) -> str:
    extension = _EXTENSIONS.get(images.format_of(logo) or "")
    if extension is None:
        raise errors.LOGO_FORMAT()
    if len(logo) > _MAX_LOGO:
        raise errors.LOGO_TOO_LARGE()
    return extension


def _described(customization: UICustomization) -> dict[str, Any]:
    return {
        "UserPoolId": customization.pool_id,
        "ClientId": customization.client_id,
        "ImageUrl": customization.image_url,
        "CSS": customization.css,
        "CSSVersion": customization.version,
        "CreationDate": customization.created,
        "LastModifiedDate": customization.modified,
    }

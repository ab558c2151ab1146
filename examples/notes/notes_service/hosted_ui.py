"""The site: users sign in on the pages of the user pool's domain, with a password, Google or their company's SAML.

Authlib sends the browser there and takes it back: state, nonce and PKCE, the code for tokens, the ID token verified.
Who has signed in is in a signed cookie; no token is kept.
"""

from functools import cache
from typing import Any, Literal
from urllib.parse import urlencode

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from fastapi import APIRouter, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from . import pages
from .notebooks import CurrentNotebooks
from .settings import CurrentSiteSettings, SiteSettings
from .tenants import tenant_of

TLS = httpx.create_ssl_context()  # Authlib makes a client for each request, and each would read all certificates
router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, notebooks: CurrentNotebooks) -> HTMLResponse:
    user = request.session.get("user")
    if user is None:
        return HTMLResponse(pages.welcome())
    return HTMLResponse(pages.notebooks(user["email"], notebooks.read(tenant_of(user["email"]))))


@router.get("/login")
async def login(
    request: Request, settings: CurrentSiteSettings, provider: Literal["Google", "Globex"] | None = None
) -> Response:
    """To the sign-in page, or past it to a provider."""
    more = {"identity_provider": provider} if provider else {}
    answer: Response = await _cognito(settings).authorize_redirect(request, f"{settings.url}/callback", **more)
    return answer


@router.get("/callback")
async def callback(request: Request, settings: CurrentSiteSettings) -> Response:
    """Back from Cognito, with a code, or with the reason why there is none."""
    try:
        tokens = await _cognito(settings).authorize_access_token(request)
    except OAuthError as error:
        refused = "error" in request.query_params
        return _refused(error.description or error.error, 403 if refused else 400)
    claims: dict[str, Any] = tokens["userinfo"]
    # The tenant is that of the address. One that nobody has proven would open the notebooks of others.
    if not claims.get("email_verified"):
        return _refused("Your e-mail address is not verified.", 403)
    request.session.clear()
    request.session["user"] = {"id": claims["sub"], "email": claims["email"]}
    return RedirectResponse("/", status.HTTP_303_SEE_OTHER)


@router.post("/logout")
async def logout(request: Request, settings: CurrentSiteSettings) -> RedirectResponse:
    """Out of the service, and of Cognito: the next sign-in asks again."""
    request.session.clear()
    metadata = await _cognito(settings).load_server_metadata()
    query = urlencode({"client_id": settings.client_id, "logout_uri": f"{settings.url}/"})
    return RedirectResponse(f"{metadata['end_session_endpoint']}?{query}", status.HTTP_303_SEE_OTHER)


@cache
def _cognito(settings: SiteSettings) -> StarletteOAuth2App:
    """The user pool as an OpenID Connect provider: its endpoints and its keys are in its configuration."""
    return OAuth().register(
        "cognito",
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "verify": TLS},
    )


def _refused(reason: str, status_code: int) -> HTMLResponse:
    return HTMLResponse(pages.refused(reason), status_code)

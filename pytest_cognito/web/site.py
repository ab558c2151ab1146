"""Routing of requests to Cognito's web endpoints: the views by kind of host and by path."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cache

from pytest_cognito.cognito_idp import Domain
from pytest_cognito.http import hosts
from pytest_cognito.http.hosts import Host
from pytest_cognito.http.messages import Request, Response, form
from pytest_cognito.http.routing import Route, Router
from pytest_cognito.kernel.calls import Call, depth
from pytest_cognito.kernel.errors import Unsupported, UsageError
from pytest_cognito.kernel.faults import INJECTED, TimedOut
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.web import addresses, discovery, domain_responses, errors, identity_pools, token_issuers, uploads
from pytest_cognito.web.context import RequestContext, View, json_error
from pytest_cognito.world import World

SERVICE = "web"
"""The service of web requests in the log of calls."""

_FORM = "application/x-www-form-urlencoded"
_READ = ("GET", "OPTIONS")
_DOCUMENTS: tuple[Route[View], ...] = (
    Route("/<pool_id>/.well-known/jwks.json", discovery.jwks, _READ),
    Route("/<pool_id>/.well-known/openid-configuration", discovery.openid_configuration, _READ),
)
_IDENTITY_POOLS: tuple[Route[View], ...] = (
    Route(identity_pools.JWKS, identity_pools.jwks, _READ),
    Route(identity_pools.CONFIGURATION, identity_pools.openid_configuration, _READ),
)
_TOKEN_ISSUERS: tuple[Route[View], ...] = (
    Route(token_issuers.JWKS, token_issuers.jwks, _READ),
    Route(token_issuers.CONFIGURATION, token_issuers.openid_configuration, _READ),
)
_TOKEN_ISSUERS_ON_SERVER: tuple[Route[View], ...] = (
    Route(f"{token_issuers.ON_SERVER}{token_issuers.JWKS}", token_issuers.jwks, _READ),
    Route(f"{token_issuers.ON_SERVER}{token_issuers.CONFIGURATION}", token_issuers.openid_configuration, _READ),
)
_UPLOADS: tuple[Route[View], ...] = (Route(uploads.PATH, uploads.upload, uploads.METHODS),)


class Kind(Enum):
    """A kind of host."""

    DOMAIN = "domain"
    """The domain of a user pool: a prefix domain or a custom domain."""
    USER_POOLS = "cognito-idp"
    """The endpoint of user pools."""
    IDENTITY_POOLS = "cognito-identity"
    """The endpoint of identity pools, which is the issuer of their tokens."""
    TOKEN_ISSUER = "token issuer"
    """The issuer of the tokens by which an account vouches for its users and roles."""
    UPLOADS = "uploads"
    """The bucket to which the CSV files of import jobs are uploaded."""
    OTHER_SERVICE = "other service"
    LOOPBACK = "loopback"
    """The loopback server, which serves the paths of all kinds."""


def routes() -> tuple[Route[View], ...]:
    """All routes of the web side, of any kind of host."""
    return (*_pages(), *_DOCUMENTS, *_IDENTITY_POOLS, *_TOKEN_ISSUERS_ON_SERVER, *_UPLOADS)


def _pages() -> tuple[Route[View], ...]:
    from pytest_cognito.web import pages  # which takes longer to import than all else here

    return pages.PAGES


_ROUTES: dict[Kind, Callable[[], tuple[Route[View], ...]]] = {
    Kind.DOMAIN: _pages,
    Kind.USER_POOLS: lambda: _DOCUMENTS,
    Kind.IDENTITY_POOLS: lambda: _IDENTITY_POOLS,
    Kind.TOKEN_ISSUER: lambda: _TOKEN_ISSUERS,
    Kind.UPLOADS: lambda: _UPLOADS,
    Kind.OTHER_SERVICE: lambda: (),
    Kind.LOOPBACK: routes,
}


_BY_SERVICE = {kind.value: kind for kind in (Kind.USER_POOLS, Kind.IDENTITY_POOLS)}


@cache
def _router(kind: Kind) -> Router[View]:
    return Router(_ROUTES[kind]())


@cache
def _reserved() -> frozenset[str]:
    """How the paths of pages begin that the loopback server has without the name of a domain."""
    return frozenset(route.path.split("/")[1] for route in _pages())


def check_request(name: str) -> None:
    """Raise `UsageError` unless a request, by method and path, is one that the web side of user pools answers."""
    method, _, path = name.partition(" ")
    if _router(Kind.LOOPBACK).find(Request(method.upper(), path, {})) is None:
        known = [f"{each} {route.path}" for route in routes() for each in route.methods if each != "OPTIONS"]
        raise UsageError(f"the web side of user pools has no {name!r}: {suggestion(name, known)}")


def handle(world: World, request: Request, request_id: str) -> Response:
    """The response to a web request, which is logged as a call."""
    request = request.encoded()
    host = hosts.of_request(request)
    request, domain, base = addresses.find(world, request, _reserved() if request.origin else ())
    kind = _kind(host, domain)
    call = _logged(world, request, request_id, host, domain)
    try:
        view, arguments = _find_view(kind, domain, request)
        context = RequestContext(world, request, call, host, domain, arguments, base)
        response = _fault(context) or view(context)
        if kind in (Kind.DOMAIN, Kind.LOOPBACK):
            domain_responses.complete(context, response)
    except TimedOut as error:
        call.error, call.explanation = error, (INJECTED,)
        raise
    except Exception as error:
        world.calls.failed(call, error)
        raise
    location = response.header("Location")
    own = f"{context.origin}{context.base}/"
    if location is not None and location.startswith(own):  # of a page of the same domain, the log has the path
        location = f"/{location.removeprefix(own)}"
    call.result = {"status": response.status, **({"location": location} if location else {})}
    return _leading_here(context, response)


def _leading_here(context: RequestContext, response: Response) -> Response:
    """The response, whose redirect to a site, as to an application behind a load balancer, stays on the server."""
    location = response.header("Location")
    if not context.request.origin or location is None:
        return response
    if context.world.sites.find(hosts.name_in_url(location) or "") is not None:
        there = addresses.local_url(context, location)
        response.headers = [(name, there if name.lower() == "location" else value) for name, value in response.headers]
    return response


def _find_view(kind: Kind, domain: Domain | None, request: Request) -> tuple[View, dict[str, str]]:
    """The view for a request, and the values of the variable parts of its path."""
    if kind is Kind.DOMAIN and domain is None:
        return domain_responses.not_found, {}
    router = _router(kind)
    found = router.find(request)
    if found is None and kind is Kind.DOMAIN:
        return domain_responses.method_not_allowed if router.has_path(request) else domain_responses.not_found, {}
    if found is None and kind in (Kind.IDENTITY_POOLS, Kind.TOKEN_ISSUER, Kind.UPLOADS, Kind.OTHER_SERVICE):
        raise Unsupported(
            f"pytest-cognito does not answer {request.method} {request.url} yet; nothing was sent to AWS."
        )
    if found is None:
        return _nothing_there, {}
    return found


def _fault(context: RequestContext) -> Response | None:
    """The response to a request that meets an injected fault."""
    if not context.world.faults.pending(context.call.operation):
        return None
    from pytest_cognito.web import faults  # few tests inject one

    return faults.meet(context)


def _logged(world: World, request: Request, request_id: str, host: Host | None, domain: Domain | None) -> Call:
    """The record of a request in the log of calls. Its parameters are those of the query string and of a form."""
    region = domain.region if domain else (host.region if host else None) or world.region
    name = f"{request.method} {request.path}"
    parameters = dict(form(request.query))
    if request.headers.get("content-type", "").startswith(_FORM):
        parameters.update(form(request.body))
    call = Call(SERVICE, name, parameters, region, request_id, depth.get())
    world.calls.add(call)
    return call


def _nothing_there(_: RequestContext) -> Response:
    return json_error(errors.NOT_UNDERSTOOD())


def _kind(host: Host | None, domain: Domain | None) -> Kind:
    if domain is not None or (host is not None and host.prefix is not None):
        return Kind.DOMAIN
    if host is None:
        return Kind.LOOPBACK
    if host.bucket:
        return Kind.UPLOADS
    if host.token_issuer is not None:
        return Kind.TOKEN_ISSUER
    return _BY_SERVICE.get(host.service or "", Kind.OTHER_SERVICE)

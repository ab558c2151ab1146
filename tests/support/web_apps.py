"""What applications that sign their users in at a pool's domain have in common, whichever library they do it with."""

from __future__ import annotations

import importlib.util
import os
from urllib.parse import urlencode, urlsplit

import pytest

from pytest_cognito import AppClient, UserPool
from pytest_cognito.http import hosts
from tests.support.hosted import CALLBACK, OAUTH, PREFIX, parameters

APP = "https://app.example.com"
DOMAIN = f"https://{hosts.prefix_domain(PREFIX, 'us-east-1')}"
REGION = "us-east-1"
SPOILED = ("expired", "tampered", "wrong_audience")
"""The methods of `Tokens` whose tokens every verifier must refuse."""
DJANGO = (
    "allauth",
    "django",
    "django_cognito_jwt",
    "mozilla_django_oidc",
    "pytest_django",
    "rest_framework_simplejwt",
    "social_django",
)
"""The libraries of the Django project, which is one and has them all."""


def is_installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def needs(*modules: str) -> None:
    """Skip a module of tests where a library is not installed; in the tox environment ``clients`` that is an error."""
    for module in modules:
        if not is_installed(module):
            if os.environ.get("PYTEST_COGNITO_CLIENTS"):
                raise ModuleNotFoundError(f"{module} is not installed, and belongs to the dependency group clients")
            pytest.skip(f"{module} is not installed", allow_module_level=True)


def web_client(pool: UserPool, callback: str = CALLBACK, *, secret: bool = True) -> AppClient:
    """An app client of an application that signs users in by the code grant."""
    return pool.create_client(**{**OAUTH, "CallbackURLs": [callback], "GenerateSecret": secret})


def machine(pool: UserPool) -> AppClient:
    """An app client without users, which may have the scopes ``notes/read`` and ``notes/write``."""
    scopes = [{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")]
    pool.call("CreateResourceServer", Identifier="notes", Name="notes", Scopes=scopes)
    return pool.create_client(
        GenerateSecret=True,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["notes/read", "notes/write"],
    )


def changed(url: str, **values: str) -> str:
    """A URL with other values of some parameters."""
    return urlsplit(url)._replace(query=urlencode({**parameters(url), **values})).geturl()


def metadata_url(pool: UserPool) -> str:
    """Where a pool's OpenID configuration is."""
    return f"{pool.issuer}/.well-known/openid-configuration"

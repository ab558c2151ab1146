"""A Django project that signs its users in at a pool's domain, by several libraries, and that has an API for tokens.

Which library, pool and app client these are, a test says by `override_settings`.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import include, path

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response

settings.configure(
    ALLOWED_HOSTS=["app.example.com"],
    ACCOUNT_EMAIL_VERIFICATION="none",
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "TEST": {"MIGRATE": False}},
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.messages",
        "django.contrib.sessions",
        "mozilla_django_oidc",
        "allauth",
        "allauth.account",
        "allauth.socialaccount",
        "allauth.socialaccount.providers.amazon_cognito",
        "allauth.socialaccount.providers.openid_connect",
        "social_django",
        "rest_framework",
    ],
    LOGIN_REDIRECT_URL="/me",
    LOGOUT_REDIRECT_URL="/me",
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    ROOT_URLCONF="tests.support.django_project",
    SECRET_KEY="not a secret",
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        },
    ],
    USE_TZ=True,
)
with warnings.catch_warnings():
    # python3-openid, which social-auth-core imports, asks defusedxml for a name of old.
    warnings.filterwarnings("ignore", "defusedxml.cElementTree is deprecated", DeprecationWarning)
    django.setup()


def me(request: HttpRequest) -> JsonResponse:
    """Who is signed in."""
    user = request.user
    return JsonResponse({"signed_in": user.is_authenticated, "email": getattr(user, "email", None)})


def caller(request: HttpRequest) -> JsonResponse:
    """Who calls the API, by the authentication that the test has set."""
    from django.utils.module_loading import import_string
    from rest_framework.decorators import api_view, authentication_classes, permission_classes
    from rest_framework.permissions import IsAuthenticated
    from rest_framework.response import Response

    def view(request: Request) -> Response:
        return Response({"user": str(request.user.username or request.user.pk)})

    view = permission_classes([IsAuthenticated])(view)
    view = authentication_classes([import_string(settings.API_AUTHENTICATION)])(view)
    response: JsonResponse = api_view(["GET"])(view)(request)
    return response


urlpatterns = [
    path("me", me),
    path("api/caller", caller),
    path("oidc/", include("mozilla_django_oidc.urls")),
    path("accounts/", include("allauth.urls")),
    path("social/", include("social_django.urls", namespace="social")),
]

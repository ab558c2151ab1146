"""An application behind a load balancer, which tells what it was sent."""

from __future__ import annotations

import base64
import json
from typing import Any

from flask import Flask, request

from pytest_cognito import Cognito

HOST = "app.example.com"
APP = f"https://{HOST}"
CALLBACK = f"{APP}/oauth2/idpresponse"
SESSION = "AWSELBAuthSessionCookie"
NONCE = "AWSALBAuthNonce"
OIDC = "x-amzn-oidc-"


def echo() -> Flask:
    """An application whose every page is the request as it sees it."""
    app = Flask(__name__)

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def any_page(path: str) -> dict[str, Any]:
        headers = {name.lower(): value for name, value in request.headers.items()}
        return {
            "headers": headers,
            "url": request.url,
            "path": f"/{path}",
            "body": request.get_data(as_text=True),
            "address": request.remote_addr,
        }

    return app


def claims_of(data: str) -> dict[str, Any]:
    """The payload of a JWT, whose signature is not looked at."""
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(data.split(".")[1] + "=="))
    return claims


def said(cognito: Cognito, operation: str) -> str:
    """What the report says of the last request of a method and a path."""
    return "\n".join(cognito.calls.of(operation)[-1].explanation)

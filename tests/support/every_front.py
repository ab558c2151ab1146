"""The same application behind every front that takes a user pool's tokens, and what can be wrong with a token."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import jwt
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from pytest_cognito import Cognito, JwtValidation, Tokens, UserPool

SCHEMA = "type Query { hello: String }"
QUERY = {"query": "{ hello }"}
BODY = {"statusCode": 200, "headers": {"Content-Type": "text/plain"}, "body": "hello"}


def hello(event: dict[str, Any], context: Any) -> Any:
    return BODY


def http_api(cognito: Cognito, pool: UserPool) -> Any:
    return cognito.http_api(hello, authorizer=pool)


def rest_api(cognito: Cognito, pool: UserPool) -> Any:
    return cognito.rest_api(hello, authorizer=pool)


def load_balancer(cognito: Cognito, pool: UserPool) -> Any:
    return cognito.load_balancer(hello, action=JwtValidation(pool))


def appsync(cognito: Cognito, pool: UserPool) -> Any:
    return cognito.appsync(SCHEMA, {"Query.hello": lambda event, context: "hello"}, authorization=pool)


FRONTS: dict[str, Callable[[Cognito, UserPool], Any]] = {
    "http_api": http_api,
    "rest_api": rest_api,
    "load_balancer": load_balancer,
    "appsync": appsync,
}


def asked(name: str, token: str | list[str] | None) -> tuple[str, str, dict[str, Any]]:
    """The method, the path and the options of a request with a token, as the front takes it."""
    scheme = "Bearer " if name in ("http_api", "load_balancer") else ""
    given = [token] if isinstance(token, str) else token
    headers = {} if given is None else {"Authorization": [f"{scheme}{each}" for each in given]}
    if name == "appsync":
        return "POST", "/graphql", {"headers": headers, "json": QUERY}
    return "GET", "/hello", {"headers": headers}


def status(name: str, front: Any, token: str | list[str] | None) -> int:
    """The status of the response to a request with a token."""
    method, path, options = asked(name, token)
    code: int = front.request(method, path, **options).status_code
    return code


def part(content: Any) -> str:
    """A part of a JWT: an object, or what stands in for one."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed_by_nobody(tokens: Tokens, **header: Any) -> str:
    """The token with other members in its header."""
    first, claims, signature = tokens.id_token.split(".")
    told = json.loads(base64.urlsafe_b64decode(f"{first}=="))
    return f"{part({**told, **header})}.{claims}.{signature}"


def signed_by_another(tokens: Tokens, **header: Any) -> str:
    """The token, signed by a key of an attacker that has the name of the pool's."""
    kid = jwt.get_unverified_header(tokens.id_token)["kid"]
    return jwt.encode(tokens.id_claims, _attacker(), "RS256", headers={"kid": kid, **header})


@cache
def _attacker() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signed_by_the_public_key(tokens: Tokens, pool: UserPool) -> str:
    """The token by HMAC, whose secret is the public key: who trusts ``alg`` takes it."""
    header = {"kid": jwt.get_unverified_header(tokens.id_token)["kid"], "alg": "HS256"}
    key = jwt.PyJWKSet.from_dict(requests.get(pool.jwks_uri, timeout=5).json())[header["kid"]].key
    secret = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    content = f"{part(header)}.{part(tokens.id_claims)}"
    return f"{content}.{part(hmac.new(secret, content.encode(), hashlib.sha256).digest())}"

"""``x-amzn-oidc-*``: what the application is told of a user, and how it verifies that."""

from __future__ import annotations

import base64
import json
import urllib.request

import httpx
import jwt
import pytest
import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from pytest_cognito import Cognito, LoadBalancer, User, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.balanced import OIDC, claims_of, echo


def key_of(balancer: LoadBalancer, data: str) -> str:
    """The public key that the header of signed data names, as an application fetches it."""
    kid = jwt.get_unverified_header(data)["kid"]
    address = f"https://public-keys.auth.elb.{balancer.region}.amazonaws.com/{kid}"
    assert address == balancer.public_key_url
    return requests.get(address, timeout=5).text


def test_the_data_are_verified_by_pyjwt(balancer: LoadBalancer, alice: User, pool: UserPool) -> None:
    headers = balancer.signed_in(alice).get("/").json()["headers"]
    data = headers[f"{OIDC}data"]
    header = jwt.get_unverified_header(data)
    assert header["signer"] == balancer.arn
    assert (header["alg"], header["typ"], header["iss"]) == ("ES256", "JWT", pool.issuer)
    assert header["client"] == pool.clients[-1].id
    claims = jwt.decode(data, key_of(balancer, data), algorithms=["ES256"], issuer=pool.issuer)
    assert claims == {
        "sub": alice.sub,
        "email": "alice@example.com",
        "email_verified": "true",
        "username": "alice",
        "exp": header["exp"],
        "iss": pool.issuer,
    }
    assert 0 < header["exp"] - balancer.world.clock.now().timestamp() <= 300


def test_the_signature_is_that_of_rfc_7518(balancer: LoadBalancer, alice: User) -> None:
    data = balancer.headers_for(alice)[f"{OIDC}data"]
    signed, _, signature = data.rpartition(".")
    numbers = base64.urlsafe_b64decode(signature)
    encoded = encode_dss_signature(int.from_bytes(numbers[:32]), int.from_bytes(numbers[32:]))
    key = serialization.load_pem_public_key(key_of(balancer, data).encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert isinstance(key.curve, ec.SECP256R1)
    key.verify(encoded, signed.encode(), ec.ECDSA(hashes.SHA256()))


def test_the_segments_are_padded(balancer: LoadBalancer, alice: User) -> None:
    segments = balancer.headers_for(alice)[f"{OIDC}data"].split(".")
    assert [len(segment) % 4 for segment in segments] == [0, 0, 0]
    assert len(base64.urlsafe_b64decode(segments[2])) == 64
    assert json.loads(base64.urlsafe_b64decode(segments[0]))["kid"]


def test_data_that_were_changed_or_are_old_are_refused(balancer: LoadBalancer, alice: User) -> None:
    data = balancer.headers_for(alice)[f"{OIDC}data"]
    key = key_of(balancer, data)
    header, _, signature = data.split(".")
    payload = base64.urlsafe_b64encode(json.dumps({**claims_of(data), "sub": "1"}).encode()).decode()
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{header}.{payload}.{signature}", key, algorithms=["ES256"])
    old = balancer.headers_for(alice, expired=True)[f"{OIDC}data"]
    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(old, key, algorithms=["ES256"])


def test_another_load_balancer_has_another_key_and_arn(
    cognito: Cognito, balancer: LoadBalancer, pool: UserPool, alice: User
) -> None:
    other = cognito.load_balancer(echo(), pool, host="other.example.com", name="other")
    data = other.headers_for(alice)[f"{OIDC}data"]
    assert jwt.get_unverified_header(data)["signer"] == other.arn != balancer.arn
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(data, key_of(balancer, balancer.headers_for(alice)[f"{OIDC}data"]), algorithms=["ES256"])
    assert jwt.decode(data, key_of(other, data), algorithms=["ES256"])["sub"] == alice.sub


def test_every_library_gets_the_key(balancer: LoadBalancer, cognito: Cognito) -> None:
    url = balancer.public_key_url
    pem = requests.get(url, timeout=5).text
    assert pem.startswith("-----BEGIN PUBLIC KEY-----\n")
    assert httpx.get(url).text == pem
    with urllib.request.urlopen(url) as response:
        assert response.read().decode() == pem
    assert requests.get(f"{url}0", timeout=5).status_code == 403


@pytest.mark.parametrize("region", ["us-gov-west-1", "us-gov-east-1"])
def test_in_govcloud_the_keys_are_in_a_bucket(cognito: Cognito, region: str) -> None:
    pool = cognito.create_user_pool(region=region)
    balancer = cognito.load_balancer(echo(), pool, region=region)
    start = f"https://s3-{region}.amazonaws.com/aws-elb-public-keys-prod-{region}/"
    assert balancer.public_key_url.startswith(start)
    assert balancer.arn.startswith(f"arn:aws-us-gov:elasticloadbalancing:{region}:")
    assert requests.get(balancer.public_key_url, timeout=5).text.startswith("-----BEGIN PUBLIC KEY-----")
    assert requests.get(start + "unknown", timeout=5).status_code == 403


def test_what_a_request_says_of_a_user_by_itself_is_taken_out(balancer: LoadBalancer, alice: User) -> None:
    made_up = {"X-Amzn-Oidc-Identity": "made-up", "X-Amzn-Oidc-Data": "made-up", "X-Amzn-Oidc-Else": "made-up"}
    headers = balancer.signed_in(alice).get("/", headers=made_up).json()["headers"]
    assert "made-up" not in headers.values()
    assert headers[f"{OIDC}identity"] == alice.sub


def test_the_headers_of_a_proxy(balancer: LoadBalancer, alice: User) -> None:
    notes = balancer.signed_in(alice)
    answer = notes.get("/a?b=c", address="203.0.113.9", headers={"X-Forwarded-For": "198.51.100.1"}).json()
    headers = answer["headers"]
    assert headers["x-forwarded-for"] == "198.51.100.1, 203.0.113.9"
    assert (headers["x-forwarded-proto"], headers["x-forwarded-port"]) == ("https", "443")
    assert headers["x-amzn-trace-id"].startswith("Root=1-")
    assert answer["address"] == "10.0.0.17"
    assert answer["url"] == "http://app.example.com/a?b=c"  # the load balancer ends TLS
    traced = notes.get("/", headers={"X-Amzn-Trace-Id": "Root=1-2-3"}).json()["headers"]["x-amzn-trace-id"]
    assert traced.startswith("Self=1-")
    assert traced.endswith(";Root=1-2-3")


def test_headers_for_an_application_that_its_own_client_calls(balancer: LoadBalancer, alice: User) -> None:
    client = echo().test_client()
    answer = client.get("/notes", headers=balancer.headers_for(alice))
    assert answer.json is not None
    assert answer.json["headers"][f"{OIDC}identity"] == alice.sub


def test_what_keeps_a_user_out_is_said(cognito: Cognito, pool: UserPool, alice: User) -> None:
    with pytest.raises(UsageError, match="the user info endpoint answered 40"):
        cognito.load_balancer(echo(), pool, scope="email").signed_in(alice)


def test_users_of_other_pools_do_not_sign_in_here(cognito: Cognito, balancer: LoadBalancer) -> None:
    bob = cognito.create_user_pool().create_user("bob")
    with pytest.raises(UsageError, match="nobody of the pool"):
        balancer.headers_for(bob)
    with pytest.raises(UsageError, match="nobody of the pool"):
        cognito.load_balancer(echo(), action="forward").signed_in(bob)

"""The site of AWS that has the public keys of a region's load balancers."""

from __future__ import annotations

from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.calls import Call, depth
from pytest_cognito.kernel.curve_keys import CurveKey, curve_key
from pytest_cognito.world import World

# What the site says where it has no such key is not known.
_UNKNOWN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
)


class PublicKeys:
    """The keys by their ids, as PEM documents, of all load balancers of a world in a region."""

    def __init__(self, world: World, region: str) -> None:
        self.world = world
        self.region = region
        self.arns: set[str] = set()

    def __call__(self, request: Request) -> Response:
        call = Call(
            "elb", f"{request.method} {request.path}", {}, self.region, self.world.ids.request_id(), depth.get()
        )
        self.world.calls.add(call)
        start = hosts.load_balancer_keys_path(self.region)
        kid = request.path.removeprefix(start) if request.path.startswith(start) else ""
        pem = next((key.pem for key in map(key_of, self.arns) if key.kid == kid), None)
        call.result = {"status": 403 if pem is None else 200}
        if pem is None:
            return Response(403, [("Content-Type", "application/xml")], _UNKNOWN.encode())
        return Response(200, [("Content-Type", "binary/octet-stream")], pem.encode())

    def inherited_by(self, world: World) -> PublicKeys:
        heir = PublicKeys(world, self.region)
        heir.arns = set(self.arns)
        return heir


def key_of(arn: str) -> CurveKey:
    """The key of a load balancer, which comes from its ARN."""
    return curve_key(arn, "ES256")


def publish(world: World, region: str, arn: str) -> None:
    """Let a world answer with the key of a load balancer at the address of the keys of its region."""
    host = hosts.load_balancer_keys(region)
    site = world.sites.find(host)
    if not isinstance(site, PublicKeys):
        site = PublicKeys(world, region)
        world.sites.register(host, site)
    site.arns.add(arn)


def address(region: str, kid: str) -> str:
    """Where the key with an id is."""
    return f"https://{hosts.load_balancer_keys(region)}{hosts.load_balancer_keys_path(region)}{kid}"

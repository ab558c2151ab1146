"""The host names of AWS: the service and the region of a host, and the host of a service. Only this module has them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from pytest_cognito.http.messages import Request

# As the endpoint rules of the AWS SDKs spell them, partition suffixes and dual-stack ones included.
_SUFFIX = r"(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.(?:com\.cn|eu))"
# An interface VPC endpoint has a name of its own: vpce-0123-4567.cognito-idp.us-east-1.vpce.amazonaws.com.
_SERVICE = re.compile(
    r"(?:(?P<endpoint>vpce-[a-z0-9-]+)\.)?"
    r"(?:(?P<issuer>issuer-cognito-idp)"
    r"|(?P<service>cognito-idp|cognito-identity|cognito-sync|sts)(?:-fips)?)"
    rf"(?:\.(?P<region>[a-z0-9-]+))?(?(endpoint)\.vpce)\.{_SUFFIX}"
)
_GLOBAL = ("sts", "cognito-identity")
_TOKEN_ISSUER = re.compile(r"(?P<id>[0-9a-f-]{36})\.tokens\.sts\.global\.api\.aws")
_PREFIX_DOMAIN = re.compile(r"(?P<prefix>[a-z0-9-]+)\.auth(?:-fips)?\.(?P<region>[a-z0-9-]+)\.amazoncognito\.com")
_IMPORT_BUCKET = re.compile(rf"aws-cognito-idp-user-import-[a-z0-9-]+\.s3\.(?P<region>[a-z0-9-]+)\.{_SUFFIX}")
# Cognito's buckets have the code of the airport that is nearest to the region, as far as it is known.
_AIRPORTS = {
    "ap-northeast-1": "nrt",
    "ap-northeast-2": "icn",
    "ap-south-1": "bom",
    "ap-southeast-1": "sin",
    "ap-southeast-2": "syd",
    "ca-central-1": "yul",
    "eu-central-1": "fra",
    "eu-north-1": "arn",
    "eu-west-1": "dub",
    "eu-west-2": "lhr",
    "eu-west-3": "cdg",
    "sa-east-1": "gru",
    "us-east-1": "iad",
    "us-east-2": "cmh",
    "us-west-1": "sfo",
    "us-west-2": "pdx",
}
# The regions that an account has to enable, as far as there are identity pools.
_OPT_IN = frozenset(
    (
        *("af-south-1", "ap-east-1", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5"),
        *("ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2", "il-central-1", "me-central-1"),
        *("me-south-1", "mx-central-1"),
    )
)
# Where AWS takes SAML responses for roles, and under which name, also by how the regions of a partition begin.
_SAML = ("signin.aws.amazon.com", "urn:amazon:webservices")
_SAML_OF_PARTITIONS = {
    "cn-": ("signin.amazonaws.cn", "urn:amazon:webservices:cn-north-1"),
    "us-gov-": ("signin.amazonaws-us-gov.com", "urn:amazon:webservices:govcloud"),
}
TOKEN_CLAIMS = "https://sts.amazonaws.com/"
"""The claim with what STS says of the caller in a token that it signs."""
_END_OF_AUTHORITY = re.compile("[/?#]")
_BUCKET = re.compile(rf"(?:(?P<bucket>.+)\.)?s3(?:[.-](?!accesspoint|object-lambda)[a-z0-9-]+)?\.{_SUFFIX}")
_ANY_SERVICE = re.compile(rf".+\.{_SUFFIX}")


class Host(NamedTuple):
    """A host of AWS: the endpoint of a ``service``, the prefix domain of a user pool, or a bucket for imported users.

    ``region`` is None for a global endpoint. ``service`` is None for the others: ``prefix`` is set for a prefix domain,
    ``bucket`` for a bucket, to which the CSV files of import jobs are uploaded, ``token_issuer`` for the issuer of the
    tokens with which an account vouches for its own users and roles.
    """

    name: str
    service: str | None
    region: str | None
    prefix: str | None = None
    bucket: bool = False
    token_issuer: str | None = None


def of_request(request: Request) -> Host | None:
    """The host of AWS that a request is for, or None if it is for another host, such as the loopback server."""
    return find(name_in_request(request))


def name_in_request(request: Request) -> str:
    """The host name of a request in lower case, from its URL or, if that has none, from its ``Host`` header."""
    _, separator, rest = request.url.partition("://") if request.url[:1] != "/" else ("", "", "")
    end = _END_OF_AUTHORITY.search(rest) if separator else None
    authority = rest[: end.start()] if end else rest
    return (_name(authority) if authority else "") or _name(request.headers.get("host", ""))


@lru_cache(maxsize=1024)
def _name(authority: str) -> str:
    """The host name in the authority of a URL: it is asked for several times for each request."""
    return name_in_url(f"//{authority}") or ""


def name_in_url(url: str) -> str | None:
    """The host name of a URL in lower case, without the dot that may end it; None if there is none, or no URL."""
    try:
        name = urlsplit(url).hostname
    except ValueError:  # brackets without an address between them
        return None
    return None if name is None else name.removesuffix(".")


@lru_cache(maxsize=1024)
def find(host: str) -> Host | None:
    """The host of AWS with this name, if it belongs to a service that this library implements."""
    endpoint = _SERVICE.fullmatch(host)
    if endpoint is not None:
        service, region = endpoint["service"] or "cognito-idp", endpoint["region"]
        return Host(host, service, region) if region or service in _GLOBAL else None
    bucket = _IMPORT_BUCKET.fullmatch(host)
    if bucket is not None:
        return Host(host, None, bucket["region"], bucket=True)
    domain = _PREFIX_DOMAIN.fullmatch(host)
    if domain is not None:
        return Host(host, None, domain["region"], domain["prefix"])
    issuer = _TOKEN_ISSUER.fullmatch(host)
    return None if issuer is None else Host(host, None, None, token_issuer=issuer["id"])


def is_aws_endpoint(url: str) -> bool:
    """Whether a URL is one of an AWS endpoint, of any service."""
    return _ANY_SERVICE.fullmatch(name_in_url(url) or "") is not None


def bucket(host: str) -> str | None:
    """The bucket that a host of S3 is; empty if the path has it, None for hosts of others."""
    found = _BUCKET.fullmatch(host)
    return None if found is None else found["bucket"] or ""


def endpoint(service: str, region: str) -> str:
    """The host of a service's endpoint in a region."""
    return f"{service}.{region}.{_suffix(region)}"


def is_global(url: str) -> bool:
    """Whether a URL is on the endpoint of a service that is that of all regions."""
    host = find(name_in_url(url) or "")
    return host is not None and host.service is not None and host.region is None


def token_issuer(issuer_id: str) -> str:
    """The host that issues the tokens by which an account vouches for its own users and roles."""
    return f"{issuer_id}.tokens.sts.global.api.aws"


def identity_issuer(region: str) -> str:
    """The host that the tokens of identity pools name as their issuer, and roles as a federated principal.

    It is the same in all regions but those of China and GovCloud, and those that an account has to enable.
    """
    own = region.startswith(("cn-", "us-gov-")) or region in _OPT_IN
    return endpoint("cognito-identity", region) if own else f"cognito-identity.{_suffix(region)}"


def is_identity_issuer(host: str) -> bool:
    """Whether a host is the issuer of the tokens of identity pools, in any region."""
    found = find(host)
    return found is not None and found.service == "cognito-identity"


def saml_consumers(region: str) -> tuple[str, ...]:
    """The addresses at which AWS takes the responses of SAML providers for roles: that of all regions, and of one."""
    host, _ = _saml(region)
    return f"https://{host}/saml", f"https://{region}.{host}/saml"


def saml_audience(region: str) -> str:
    """The name of AWS as a service provider of SAML."""
    return _saml(region)[1]


def _saml(region: str) -> tuple[str, str]:
    return next((names for start, names in _SAML_OF_PARTITIONS.items() if region.startswith(start)), _SAML)


def service_principal(service: str) -> str:
    """The name of a service where policies speak of it."""
    return f"{service}.amazonaws.com"


def prefix_domain(prefix: str, region: str) -> str:
    """The host of a user pool's prefix domain."""
    return f"{prefix}.auth.{region}.amazoncognito.com"


def rest_or_http_api(api_id: str, region: str) -> str:
    """The host of an API behind API Gateway: of a REST API, an HTTP API or a WebSocket API."""
    return f"{api_id}.execute-api.{region}.{_suffix(region)}"


def load_balancer(name: str, number: str, region: str) -> str:
    """The host of an Application Load Balancer."""
    return f"{name}-{number}.{region}.elb.{_suffix(region)}"


def load_balancer_keys(region: str) -> str:
    """The host that has the public keys of the load balancers of a region; see `load_balancer_keys_path`."""
    own_bucket = region.startswith("us-gov-")
    return f"s3-{region}.amazonaws.com" if own_bucket else f"public-keys.auth.elb.{region}.{_suffix(region)}"


def load_balancer_keys_path(region: str) -> str:
    """What the paths of the public keys of load balancers begin with: in GovCloud they are in a bucket of S3."""
    return f"/aws-elb-public-keys-prod-{region}/" if region.startswith("us-gov-") else "/"


def graphql_api(api_host_id: str, region: str) -> str:
    """The host of a GraphQL API of AppSync."""
    return f"{api_host_id}.appsync-api.{region}.{_suffix(region)}"


def graphql_realtime(api_host_id: str, region: str) -> str:
    """The host of the real-time endpoint of a GraphQL API."""
    return f"{api_host_id}.appsync-realtime-api.{region}.{_suffix(region)}"


def custom_resource_bucket(region: str) -> str:
    """The host of the bucket that takes the answers of custom resources."""
    return f"cloudformation-custom-resource-response-{region.replace('-', '')}.s3.{region}.{_suffix(region)}"


def import_bucket(region: str) -> str:
    """The host of the bucket to which the CSV files of import jobs are uploaded."""
    return f"aws-cognito-idp-user-import-{_AIRPORTS.get(region, region)}.s3.{region}.{_suffix(region)}"


def sync_bucket(region: str) -> str:
    """The host of the bucket in which Cognito Streams leave what is too large for a stream."""
    return f"aws-cognito-sync-streams-{_AIRPORTS.get(region, region)}.s3.{region}.{_suffix(region)}"


def url_suffix(region: str) -> str:
    """What the hosts of AWS in a region end with, as templates call it: ``AWS::URLSuffix``."""
    return _suffix(region)


def _suffix(region: str) -> str:
    return "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"

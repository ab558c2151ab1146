"""A simulated SAML provider."""

from pytest_cognito.providers.saml.provider import SAML
from pytest_cognito.providers.saml.response import SamlResponse

__all__ = ["SAML", "SamlResponse"]

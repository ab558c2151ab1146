"""Simulated identity providers: Google, Facebook, Amazon, Apple, providers of OpenID Connect and of SAML.

They are sites of a world, which every HTTP library reaches at their real addresses. ``catalog`` gives them.
"""

from pytest_cognito.providers.catalog import ensure

__all__ = ["ensure"]

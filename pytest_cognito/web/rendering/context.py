"""What rendering needs to know of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pytest_cognito.cognito_idp import AppClient, Domain
from pytest_cognito.world import World


class RenderingContext(Protocol):
    """The context of a page that is rendered. ``base`` is what stands before the paths of all pages of the domain."""

    @property
    def world(self) -> World: ...
    @property
    def domain(self) -> Domain | None: ...
    @property
    def client_record(self) -> AppClient | None: ...
    @property
    def query(self) -> Mapping[str, str]: ...
    @property
    def cookies(self) -> Mapping[str, str]: ...
    @property
    def csrf_token(self) -> str: ...
    @property
    def base(self) -> str: ...


def has_managed_login(context: RenderingContext) -> bool:
    """Whether the pages are those of managed login, and not of the classic hosted UI."""
    return context.domain is not None and context.domain.has_managed_login


def pool_id_of(context: RenderingContext) -> str | None:
    """The id of the pool that the pages belong to; ``None`` if neither client nor domain tell."""
    if context.client_record is not None:
        return context.client_record.pool_id
    return context.domain.pool_id if context.domain is not None else None

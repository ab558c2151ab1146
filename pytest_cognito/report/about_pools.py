"""What explains errors about a pool: which there are, and what this one asks for."""

from __future__ import annotations

from collections.abc import Iterator

from ..cognito_idp.tables import GROUPS, POOLS
from .scene import Scene, some
from .values import plain

_CLASSES = (
    ("RequireUppercase", "upper case"),
    ("RequireLowercase", "lower case"),
    ("RequireNumbers", "digits"),
    ("RequireSymbols", "symbols"),
)


def pools_there(scene: Scene) -> Iterator[str]:
    """The pools there are; in which region, if it is another than the call's."""
    pools = list(scene.table(POOLS))
    if not pools:
        yield "there are no user pools here"
        return
    yield f"user pools: {some(f'{pool.id} ({plain(pool.name)})' for pool in pools)}"
    if scene.pool is not None:
        yield f"{scene.pool.id} is in {scene.pool.region}; the call went to {scene.call.region}"


def groups_there(scene: Scene) -> Iterator[str]:
    """The groups of the pool."""
    if scene.pool is None:
        return
    groups = [group.name for group in scene.table(GROUPS) if group.pool_id == scene.pool.id]
    yield f"groups of {scene.pool.id}: {some(map(plain, groups))}" if groups else f"{scene.pool.id} has no groups"


def password_policy(scene: Scene) -> Iterator[str]:
    """What the pool asks of a password."""
    if scene.pool is None:
        return
    policy = scene.pool.password_policy
    classes = [words for name, words in _CLASSES if policy.get(name)]
    asked = [f"{policy.get('MinimumLength', 0)} characters or more", *classes]
    yield f"{scene.pool.id} asks for {', '.join(asked)}"


def sign_up(scene: Scene) -> Iterator[str]:
    """Why nobody may sign up."""
    if scene.pool is not None and scene.pool.admin_only_sign_up:
        yield f"{scene.pool.id} has AdminCreateUserConfig.AllowAdminCreateUserOnly=True"


def verification(scene: Scene) -> Iterator[str]:
    """What the pool verifies by itself."""
    if scene.pool is not None:
        yield f"AutoVerifiedAttributes of {scene.pool.id}: {', '.join(scene.pool.auto_verified) or 'none'}"


def required_attributes(scene: Scene) -> Iterator[str]:
    """What every user of the pool must have."""
    if scene.pool is None:
        return
    required = [each["Name"] for each in scene.pool.schema if each.get("Required") and each["Name"] != "sub"]
    if required:
        yield f"required attributes of {scene.pool.id}: {some(plain(name) for name in required)}"

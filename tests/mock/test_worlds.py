"""Worlds of one test are apart: ids and keys of one are not another's, and each is the same in each run of the test."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from itertools import combinations

import boto3
import jwt
import pytest
from botocore.exceptions import ClientError

from pytest_cognito import Cognito, active, mock_cognito
from pytest_cognito.kernel.runs import RUN


def in_turn(number: int) -> list[Cognito]:
    made = []
    for _ in range(number):
        with mock_cognito() as cognito:
            made.append(cognito)
            use(cognito)
    return made


def nested(number: int) -> list[Cognito]:
    with ExitStack() as stack:
        made = [stack.enter_context(mock_cognito()) for _ in range(number)]
        for cognito in made:
            use(cognito)
    return made


def decorated(number: int) -> list[Cognito]:
    made: list[Cognito] = []

    @mock_cognito
    def application() -> None:
        world = active.current()
        assert world is not None
        made.append(Cognito(world))
        use(made[-1])

    for _ in range(number):
        application()
    return made


def started(number: int) -> list[Cognito]:
    mock, made = mock_cognito(), []
    for _ in range(number):
        made.append(mock.start())
        use(made[-1])
        mock.stop()
    return made


def of_threads(number: int) -> list[Cognito]:
    made: list[Cognito] = []
    threads = [threading.Thread(target=lambda: made.extend(in_turn(1))) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made


def use(cognito: Cognito) -> None:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("ann", email="ann@example.com").sign_in()


def drawn(cognito: Cognito) -> dict[str, object]:
    pool = cognito.pools[0]
    keys = frozenset(jwk["kid"] for jwk in jwks(cognito))
    return {"pool": pool.id, "client": pool.client.id, "sub": pool.user("ann").sub, "keys": keys}


def jwks(cognito: Cognito) -> list[dict[str, str]]:
    keys = cognito.world.keys
    return [keys.key(cognito.pools[0].id, use).jwk for use in ("id", "access")]


@pytest.mark.parametrize("make", [in_turn, nested, decorated, started, of_threads])
def test_no_two_worlds_draw_the_same(make: Callable[[int], list[Cognito]]) -> None:
    worlds = [drawn(cognito) for cognito in make(3)]

    for one, other in combinations(worlds, 2):
        assert [name for name in one if one[name] == other[name]] == []
        assert isinstance(one["keys"], frozenset)
        assert isinstance(other["keys"], frozenset)
        assert one["keys"].isdisjoint(other["keys"])


@pytest.mark.parametrize("make", [in_turn, nested, decorated, started])
def test_a_test_that_runs_again_draws_the_same(make: Callable[[int], list[Cognito]]) -> None:
    RUN.end()
    first = [drawn(cognito) for cognito in make(2)]
    RUN.end()

    assert [drawn(cognito) for cognito in make(2)] == first


def test_the_same_seed_draws_the_same_and_has_the_same_keys() -> None:
    """A verifier keeps the keys that it has found at a pool's address."""

    def draw() -> dict[str, object]:
        with mock_cognito(seed="mine") as cognito:
            use(cognito)
            return drawn(cognito)

    assert draw() == draw()


def test_a_world_with_a_seed_changes_nothing_of_what_others_draw() -> None:
    def draw(seed: str | None) -> str:
        RUN.end()
        with mock_cognito(seed=seed):
            pass
        with mock_cognito() as cognito:
            return cognito.create_user_pool().id

    assert draw("mine") != draw(None)
    with mock_cognito(seed="mine"):
        RUN.end()
        with mock_cognito() as cognito:
            assert cognito.create_user_pool().id == draw("mine")


def test_a_token_is_good_in_its_own_world_only() -> None:
    idp = boto3.client("cognito-idp", region_name="us-east-1")
    with mock_cognito() as cognito:
        pool = cognito.create_user_pool()
        token = pool.create_user("ann").sign_in().access_token
        idp.get_user(AccessToken=token)
    with mock_cognito() as other:
        theirs = other.create_user_pool()
        own = theirs.create_user("ann").sign_in().access_token
        key = jwt.PyJWKClient(theirs.jwks_uri).get_signing_key_from_jwt(own)

        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(token, key, algorithms=["RS256"])
        with pytest.raises(ClientError, match="NotAuthorizedException"):
            idp.get_user(AccessToken=token)


def test_the_keys_of_worlds_that_are_left_are_used_again() -> None:
    """Keys are slow to make: the worlds of another test take those that are there."""

    def kids(number: int) -> set[str]:
        RUN.end()
        return {jwk["kid"] for cognito in in_turn(number) for jwk in jwks(cognito)}

    assert kids(2) == kids(2)


def test_a_world_that_stays_active_keeps_its_keys_to_itself() -> None:
    with mock_cognito() as outer:
        use(outer)
        RUN.end()
        with mock_cognito(seed="of another test") as inner:
            use(inner)
            more = outer.create_user_pool()
            later = {outer.world.keys.key(more.id, use).kid for use in ("id", "access")}
            outer_kids, inner_kids = ({jwk["kid"] for jwk in jwks(cognito)} for cognito in (outer, inner))

    assert outer_kids.isdisjoint(inner_kids)
    assert later.isdisjoint(inner_kids | outer_kids)

"""Whatever the order of sign-ins, links and merges: a login leads to one identity, and to no other person's."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import boto3
from botocore.exceptions import ClientError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pytest_cognito import mock_cognito
from tests.support.identities import (
    ALREADY_LINKED,
    DEVELOPER,
    LOGINS_DO_NOT_MATCH,
    Identities,
    forbidden,
    provider_of,
)

Login = tuple[str, str]  # a provider and its user: the number of a user pool, or the developer
USERS = [(pool, name) for pool in "01" for name in ("alice", "bob")]
DEVELOPERS = [(DEVELOPER, name) for name in ("ann", "ben", "cid")]
some = st.lists(st.sampled_from(USERS), max_size=2, unique_by=lambda login: login[0])
number = st.integers(0, 30)


@dataclass
class Known:
    """What the model knows of an identity. The list of all is in the order of their creation."""

    id: str
    guest: bool
    disabled: bool = False


class IdentitiesMachine(RuleBasedStateMachine):
    """``holders`` are the identities of logins."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        cognito = self.stack.enter_context(mock_cognito(seed="identities"))
        client = boto3.client("cognito-identity", region_name="us-east-1")
        self.identities = Identities(cognito, client, pools=2)
        pools = self.identities.user_pools
        self.names = {str(place): provider_of(pool) for place, pool in enumerate(pools)} | {DEVELOPER: DEVELOPER}
        self.tokens = {login: self.identities.user(login[1], int(login[0])).tokens().id_token for login in USERS}
        self.known: list[Known] = []
        self.holders: dict[Login, Known] = {}

    def teardown(self) -> None:
        for login, holder in self.holders.items():
            found = (
                self.identities.developer(login[1]) if login in DEVELOPERS else self.identities.get(self.given(login))
            )
            assert found == holder.id
        self.stack.close()

    def given(self, *logins: Login) -> dict[str, str]:
        return {self.names[login[0]]: self.tokens[login] for login in logins if login not in DEVELOPERS}

    def pick(self, place: int) -> Known | None:
        return self.known[place % len(self.known)] if self.known else None

    def held(self, *identities: Known) -> set[Login]:
        return {login for login, holder in self.holders.items() if holder in identities}

    def refusal(self, named: Known | None, logins: Sequence[Login]) -> str | None:
        """Why logins do not lead to an identity."""
        if named is not None and named.disabled:
            return forbidden(named.id).message
        if not logins:
            return forbidden(named.id).message if named is not None and not named.guest else None
        mine = self.held(named) if named is not None else set()
        by_developer = any(login in DEVELOPERS for login in logins) and mine and mine.issubset(DEVELOPERS)
        if named is not None and not named.guest and not mine.intersection(logins) and not by_developer:
            return LOGINS_DO_NOT_MATCH.message
        owners = self.owners(named, logins)
        public = [login[0] for login in self.held(*owners).union(logins) if login not in DEVELOPERS]
        return ALREADY_LINKED.message if len(public) > len(set(public)) else None

    def owners(self, named: Known | None, logins: Sequence[Login]) -> list[Known]:
        return [each for each in self.known if each is named or any(self.holders.get(one) is each for one in logins)]

    def came(self, found: str | ClientError, named: Known | None, logins: Sequence[Login]) -> None:
        """Hold what a call has led to against the model, and change the model."""
        expected = self.refusal(named, logins)
        if isinstance(found, ClientError):
            assert found.response["Error"]["Message"] == expected
            return
        assert expected is None
        owners = self.owners(named, logins)
        if not owners:
            assert found not in {each.id for each in self.known}
            owners = [Known(found, guest=not logins)]
            self.known.extend(owners)
        survivor = min(owners, key=lambda each: each.guest)
        for login in self.held(*owners).union(logins):
            self.holders[login] = survivor
        for each in owners:
            each.disabled = each is not survivor
        survivor.guest = survivor.guest and not logins
        assert found == survivor.id

    @rule(logins=some)
    def get(self, logins: list[Login]) -> None:
        try:
            found: str | ClientError = self.identities.get(self.given(*logins))
        except ClientError as error:
            found = error
        self.came(found, None, logins)

    @rule(place=number, logins=some)
    def enter(self, place: int, logins: list[Login]) -> None:
        named = self.pick(place)
        if named is None:
            return
        try:
            found: str | ClientError = self.identities.enter(named.id, self.given(*logins))
        except ClientError as error:
            found = error
        self.came(found, named, logins)

    @rule(user=st.sampled_from(DEVELOPERS), logins=some)
    def developer(self, user: Login, logins: list[Login]) -> None:
        try:
            found: str | ClientError = self.identities.developer(user[1], self.given(*logins))
        except ClientError as error:
            found = error
        self.came(found, None, [*logins, user])

    @rule(place=number, user=st.sampled_from(DEVELOPERS), logins=some)
    def developer_links(self, place: int, user: Login, logins: list[Login]) -> None:
        named, holder = self.pick(place), self.holders.get(user)
        if named is None:
            return
        try:
            found: str | ClientError = self.identities.developer(user[1], self.given(*logins), IdentityId=named.id)
        except ClientError as error:
            found = error
        if isinstance(found, ClientError) and "already registered" in str(found):
            assert not named.disabled
            assert holder not in (None, named)
        else:
            assert named.disabled or holder in (None, named)
            self.came(found, named, [*logins, user])

    @rule(login=st.sampled_from(USERS))
    def unlink(self, login: Login) -> None:
        holder = self.holders.pop(login, None)
        if holder is not None:
            given = self.given(login)
            self.identities.client.unlink_identity(IdentityId=holder.id, Logins=given, LoginsToRemove=list(given))

    @rule(place=number)
    def delete(self, place: int) -> None:
        """It is the only way in which an identity is gone."""
        named = self.pick(place)
        if named is not None and place % 5 == 0:
            self.identities.client.delete_identities(IdentityIdsToDelete=[named.id])
            self.known.remove(named)
            self.holders = {login: holder for login, holder in self.holders.items() if holder is not named}

    @invariant()
    def the_identities_are_those_of_the_model(self) -> None:
        assert self.identities.enabled() == {each.id for each in self.known if not each.disabled}


TestIdentities = IdentitiesMachine.TestCase
TestIdentities.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)

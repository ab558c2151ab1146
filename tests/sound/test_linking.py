"""Whatever the order of sign-ins by providers, links and their ends: each identity is of one user, whom it leads to."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pytest_cognito import mock_cognito
from pytest_cognito.aws.errors import AWSError

PROVIDERS = ("Google", "Acme")
LOCAL = ("alice", "bob")
MERGES = "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link"
LOCAL_SOURCE = (
    "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a "
    "DestinationUser"
)
Identity = tuple[str, str]
identities = st.tuples(st.sampled_from(PROVIDERS), st.sampled_from("123456"))


def said(call: Callable[[], object]) -> object:
    """What a call gives, or the message of AWS's error."""
    try:
        return call()
    except AWSError as error:
        return error.message


class LinkingMachine(RuleBasedStateMachine):
    """``users`` are the identities of each user, oldest first; ``own`` are those that have made their user."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.pool = self.stack.enter_context(mock_cognito(seed="linking")).create_user_pool()
        self.pool.create_client()
        self.providers = {name: self.pool.create_identity_provider(name) for name in PROVIDERS}
        self.users: dict[str, list[Identity]] = {name: [] for name in LOCAL}
        self.own: set[Identity] = set()
        for name in LOCAL:
            self.pool.create_user(name)

    def teardown(self) -> None:
        self.stack.close()

    def holder(self, identity: Identity) -> str | None:
        return next((name for name, found in self.users.items() if identity in found), None)

    @rule(identity=identities)
    def sign_in(self, identity: Identity) -> None:
        name = self.holder(identity) or "_".join(identity)
        if self.holder(identity) is None and name in self.users:
            outcome = f"Already found an entry for username {name}"
        else:
            outcome = name
            if name not in self.users:
                self.users[name] = [identity]
                self.own.add(identity)
        provider = self.providers[identity[0]]
        assert said(lambda: str(provider.sign_in(identity[1]).claims["username"])) == outcome

    @rule(identity=identities, data=st.data())
    def link(self, identity: Identity, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.users)))
        expected = None
        if identity in self.own:
            expected = MERGES
        elif self.holder(identity) == name:
            expected = "SourceUser is already linked to DestinationUser"
        elif self.holder(identity) is not None:
            expected = "SourceUser is already linked to another user"
        elif "_".join(identity) in self.users:
            expected = LOCAL_SOURCE
        elif len(self.users[name]) == 5:
            expected = "A user can be linked to at most 5 identities."
        else:
            self.users[name].append(identity)
        user, provider = self.pool.user(name), self.providers[identity[0]]
        assert said(lambda: provider.link(identity[1], user)) == expected

    @rule(identity=identities)
    def unlink(self, identity: Identity) -> None:
        named = {"ProviderName": identity[0], "ProviderAttributeValue": identity[1]}
        name = self.holder(identity)
        if name is not None:
            self.users[name].remove(identity)
            self.own.discard(identity)
        user = {**named, "ProviderAttributeName": "Cognito_Subject"}
        expected = "User does not exist." if name is None else {}
        assert said(lambda: self.pool.call("AdminDisableProviderForUser", User=user)) == expected

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        there = sorted(self.users.keys() - set(LOCAL))
        if there:
            name = data.draw(st.sampled_from(there))
            self.own.difference_update(self.users.pop(name))
            self.pool.call("AdminDeleteUser", Username=name)

    @invariant()
    def the_attribute_tells_the_identities(self) -> None:
        told = {
            user.username: [
                (each["providerName"], each["userId"], each["primary"])
                for each in json.loads(user.attributes.get("identities", "[]"))
            ]
            for user in self.pool.users
        }
        assert told == {
            name: [(*identity, identity in self.own) for identity in found] for name, found in self.users.items()
        }


TestLinking = LinkingMachine.TestCase
TestLinking.settings = settings(max_examples=max(5, settings().max_examples // 5), stateful_step_count=20)

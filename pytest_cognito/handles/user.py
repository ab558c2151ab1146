"""A user of a user pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito import cognito_idp
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.calls import call
from pytest_cognito.handles.sign_in import SignIn
from pytest_cognito.handles.tokens import Tokens
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.handles.device import Device
    from pytest_cognito.handles.passkey import Passkey
    from pytest_cognito.handles.redirect import Redirect
    from pytest_cognito.handles.user_pool import UserPool


class User:
    """A handle for a user, by pool and user name."""

    def __init__(self, pool: UserPool, username: str) -> None:
        self.pool = pool
        self.username = username

    @property
    def sub(self) -> str:
        """The ``sub`` attribute, which identifies the user in tokens."""
        return self._record.sub

    @property
    def password(self) -> str | None:
        """The current password, if the user has one; of an imported hash it is known from the first sign-in on."""
        return self._record.password

    @property
    def email(self) -> str | None:
        return self._record.attributes.get("email")

    @property
    def attributes(self) -> dict[str, str]:
        """All attributes, ``sub`` included."""
        return {"sub": self._record.sub, **self._record.attributes}

    @property
    def status(self) -> str:
        """``UserStatus``: ``UNCONFIRMED``, ``CONFIRMED`` …"""
        return self._record.status

    @property
    def enabled(self) -> bool:
        return self._record.enabled

    @property
    def groups(self) -> list[str]:
        """The names of the user's groups, by precedence."""
        response = self.pool.call("AdminListGroupsForUser", Username=self.username)
        return [group["GroupName"] for group in response["Groups"]]

    def add_to_group(self, name: str) -> None:
        """Add the user to a group, which is created if it does not exist."""
        self.pool.add_to_group(self.username, name)

    def sign_in(
        self,
        password: str | None = None,
        *,
        code: str | None = None,
        passkey: Passkey | None = None,
        client: AppClient | None = None,
        metadata: Mapping[str, str] | None = None,
        device: Device | None = None,
    ) -> Tokens:
        """Sign in with the password, by a flow that the app client allows; the triggers of a sign-in run.

        A user without a password signs in by a code that is sent to them.

        ``password`` is by default the user's, ``client`` the pool's first app client. A code that Cognito asks for is
        answered with ``code``, by default the one that was sent, or one of the user's software token. With a
        ``passkey`` the user signs in with that instead, by choice (``USER_AUTH``).
        ``metadata`` is the ClientMetadata of the calls, ``device`` one of the user, which proves itself if asked to.
        """
        arguments.check_mapping("metadata", metadata, '{"from": "web"}')
        app_client = client or self.pool.client
        arguments.check_client(app_client)
        if password is None and self.status == "EXTERNAL_PROVIDER":
            raise UsageError(
                f"{self.username} has no password, and signs in by an identity provider: write "
                f'pool.identity_provider("…").sign_in("…"), or take tokens without a sign-in: user.tokens()'
            )
        if password is None and self._record.password_hash is not None:
            raise UsageError(f"of {self.username} only the imported hash is known: write sign_in(…) with the password")
        arguments.check_device(device)
        if password is not None:
            arguments.check_text("password", password, "user.password; a passkey is given by name, sign_in(passkey=…)")
        if passkey is not None:
            arguments.check_passkey(passkey)
        sign_in = SignIn(self, app_client, code, metadata, device)
        if passkey is not None and (password, code, device) != (None, None, None):
            raise UsageError("a sign-in with a passkey takes no password, no code and no device: leave them out")
        given = password if password is not None else self.password
        result = sign_in.run(given) if passkey is None else sign_in.run_with(passkey)
        return self.pool.tokens(
            result["IdToken"], result["AccessToken"], result.get("RefreshToken"), result["ExpiresIn"]
        )

    def register(self, passkey: Passkey, *, client: AppClient | None = None) -> None:
        """Register a passkey for the user, who is signed in at the app client, by default the pool's first one."""
        arguments.check_passkey(passkey)
        world, region = self.pool.world, self.pool.region
        token = self.tokens(client=client).access_token
        started = call(world, "StartWebAuthnRegistration", region=region, AccessToken=token)
        credential = passkey.create(started["CredentialCreationOptions"])
        call(world, "CompleteWebAuthnRegistration", region=region, AccessToken=token, Credential=credential)

    def remember_device(self, name: str | None = None, *, client: AppClient | None = None) -> Device:
        """Sign in from a new device, confirm it under a name and remember it; see `sign_in` for what that takes.

        The user can then sign in with it: ``alice.sign_in(device=device)``.
        """
        from pytest_cognito.handles import device

        app_client = client or self.pool.client
        arguments.check_client(app_client)
        return device.remember(self, SignIn(self, app_client).run(self.password), name)

    def authorize(self, url: str, *, methods: Sequence[str] | None = None) -> Redirect:
        """The redirect back to the application that follows from an authorization request of this user, without a page.

        ``url`` is that to which the application redirects its users, at ``/oauth2/authorize`` or ``/login`` of a domain
        of the pool. The request is checked as Cognito checks it, and its errors go to the application or, where that
        can't be told of them, are raised as `AWSError`. The user counts as signed in: no password is asked for, and the
        triggers of a sign-in do not run, but PreTokenGeneration, which runs as tokens are issued. ``methods`` are what
        they have proven, as the claim ``amr`` says it: ``["pwd", "otp"]``, by default a password, or for a federated
        user the word of the provider. A level that ``acr_values`` asks for is reached by them, or not.
        """
        from pytest_cognito.handles.authorization import authorize  # few tests need it, and it imports the web side

        return authorize(self, url, methods)

    def tokens(
        self,
        *,
        scopes: Sequence[str] | None = None,
        claims: Mapping[str, Any] | None = None,
        client: AppClient | None = None,
    ) -> Tokens:
        """Tokens without a sign-in; see `UserPool.tokens_for`."""
        return self.pool.tokens_for(self.username, scopes=scopes, claims=claims, client=client)

    @property
    def _record(self) -> cognito_idp.User:
        record = self.pool.find_user(self.username)
        if record is None:
            raise LookupError(f"the user {self.username} is no longer in the pool {self.pool.id}")
        return record

    def __repr__(self) -> str:
        return f"<User {self.username} of {self.pool.id}>"

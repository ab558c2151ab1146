"""IAM as a test holds it: roles, and users with access keys."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_cognito import iam
from pytest_cognito.aws.caller import Signer
from pytest_cognito.aws.places import check_account_id
from pytest_cognito.handles import arguments, identity_providers
from pytest_cognito.handles.account import Account
from pytest_cognito.handles.calls import call
from pytest_cognito.handles.enforcement import Enforcement
from pytest_cognito.handles.identity_providers import OidcProvider, SamlProvider
from pytest_cognito.handles.policy_documents import Document, Trust, policies_of, policy_of, trust_of
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

if TYPE_CHECKING:
    from boto3.session import Session

    from pytest_cognito.handles.app_client import AppClient
    from pytest_cognito.handles.credentials import Credentials

_NAME = re.compile(r"[\w+=,.@-]{1,64}")
_PATH = re.compile(r"/(?:[\x21-\x7f]+/)?")
_SHORTEST, _LONGEST = 3600, 43200


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the account. ``id`` is its unique id, which begins with ``AROA``."""

    world: World = field(repr=False, compare=False)
    arn: str
    name: str = field(compare=False)
    id: str = field(repr=False, compare=False)

    @property
    def tags(self) -> dict[str, str]:
        return dict(self._record.tags)

    def assume(self, session_name: str = "pytest", **parameters: Any) -> Credentials:
        """Assume the role as the developer, with the parameters of boto3's ``assume_role``: AWS's checks hold."""
        from pytest_cognito.handles.credentials import Credentials

        given = {"RoleArn": self.arn, "RoleSessionName": session_name, **parameters}
        answer = call(self.world, "AssumeRole", service="sts", **given)["Credentials"]
        return Credentials(
            self.world,
            self.world.region,
            answer["AccessKeyId"],
            answer["SecretAccessKey"],
            answer["SessionToken"],
            answer["Expiration"],
        )

    @property
    def max_session_duration(self) -> int:
        """The longest session, in seconds."""
        return self._record.max_session

    @property
    def _record(self) -> iam.Role:
        found = self.world.store[iam.ROLES].get(self.arn)
        if found is None:
            raise LookupError(f"the role {self.arn} no longer exists")
        return found


@dataclass(frozen=True, slots=True)
class IamUser:
    """An IAM user with an access key, which signs calls as theirs: ``user.session().client("sts")``.

    ``mfa_serial`` is the SerialNumber of their MFA device, if they have one.
    """

    world: World = field(repr=False, compare=False)
    arn: str
    name: str = field(compare=False)
    id: str = field(repr=False, compare=False)
    access_key_id: str = field(compare=False)
    secret_access_key: str = field(repr=False, compare=False)
    mfa_serial: str | None = field(default=None, repr=False, compare=False)

    def mfa_code(self) -> str:
        """A TokenCode that their MFA device shows now, and that was not used."""
        if self.mfa_serial is None:
            raise UsageError(f'{self.name} has no MFA device: cognito.iam.create_user("{self.name}", mfa=True)')
        with self.world.handle_step("mfa_code") as context:
            code = iam.mfa_code(context, self.mfa_serial)
        if code is None:
            raise UsageError("all codes that are accepted now were used: cognito.clock.advance(seconds=30)")
        return code

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that let another process sign calls as theirs."""
        return {"AWS_ACCESS_KEY_ID": self.access_key_id, "AWS_SECRET_ACCESS_KEY": self.secret_access_key}

    def can(self, action: str, resource: str = "*", /, **keys: Any) -> iam.Decision:
        """Whether their policies allow them an action on a resource; see `Credentials.can`."""
        from pytest_cognito.handles.decisions import decide

        return decide(self.world, self.world.region, Signer(self.access_key_id), action, resource, keys)

    def session(self, region: str | None = None) -> Session:
        """A boto3 session with the access key, by default in the world's region."""
        from boto3.session import Session  # boto3 is no dependency, and few tests need it here

        return Session(
            aws_access_key_id=self.access_key_id,
            aws_secret_access_key=self.secret_access_key,
            region_name=region or self.world.region,
        )


class IAM(Account):
    """The roles, the users and the identity providers of the account."""

    @property
    def roles(self) -> list[Role]:
        """The roles that were made by ``create_role``, oldest first."""
        with self.world.handle_step("roles") as context:
            return [_role(self.world, role) for role in context.table(iam.ROLES)]

    @property
    def users(self) -> list[str]:
        """The ARNs of the users that were made by `create_user`, oldest first."""
        with self.world.handle_step("users") as context:
            return [user.arn for user in context.table(iam.USERS)]

    def create_user(
        self,
        name: str,
        policies: Sequence[Document] = (),
        *,
        boundary: Document | None = None,
        mfa: bool = False,
        tags: Mapping[str, str] | None = None,
        path: str = "/",
        account: str | None = None,
    ) -> IamUser:
        """Create a user with an access key, and with an MFA device if ``mfa`` is true.

        Without policies they may do nothing but what roles and resources allow them.
        """
        _check(name, "alice", tags, path)
        with self.world.handle_step("create_user") as context:
            taken = {(each.account, each.name.lower()) for each in context.table(iam.USERS)}
            _check_new(taken, "user", name, _account(account) or context.account)
            own = policies_of(context, name, policies)
            limit = None if boundary is None else policy_of(context, f"the boundary of {name}", boundary)
            user = iam.create_user(
                context, name, policies=own, boundary=limit, tags=tags, path=path, account=_account(account)
            )
            key = iam.create_access_key(context, user)
            serial = iam.create_mfa_device(context, user).serial if mfa else None
        return IamUser(self.world, user.arn, name, user.id, key.id, key.secret, serial)

    def map(self, service: str, operation: str, *, action: str, resource: str = "*", add: bool = False) -> None:
        """Say which action on which resource an operation stands for, where policies are enforced.

        ``map("sns", "PublishBatch", action="sns:Publish", resource="{TopicArn}")``: ``resource`` is ``*``, or an ARN
        with parameters of the call, ``{region}`` and ``{account}``. It stands over what is known of the operation; with
        ``add`` the operation wants it as well.
        """
        with self.world.handle_step("map") as context:
            iam.map_call(context, service, operation, action=action, resource=resource, add=add)

    def enforce(self) -> AbstractContextManager[None]:
        """Authorise each call with credentials that this world has issued, until the test ends, or as a context:
        ``with cognito.iam.enforce(): …``.

        Before a service answers, moto's included, the policies of the credentials must allow the call; otherwise it is
        refused as AWS does it. Calls with other credentials, such as those of the test, go on as before.
        """
        return Enforcement(self.world)

    def create_oidc_provider(
        self, issuer: object, client_ids: Sequence[str | AppClient] = ("pytest",), *, account: str | None = None
    ) -> OidcProvider:
        """Let the account know an issuer of OpenID Connect, whose tokens roles may trust for some clients.

        ``issuer`` is its address, a simulated provider (``cognito.providers.oidc("https://…")``) or a user pool;
        ``client_ids`` are the audiences that tokens may have.
        """
        url = identity_providers.issuer_of(issuer)
        clients = identity_providers.client_ids_of(client_ids)
        with self.world.handle_step("create_oidc_provider") as context:
            provider = iam.create_oidc_provider(context, url, client_ids=clients, account=_account(account))
        return OidcProvider(provider.arn, provider.url, provider.client_ids)

    def create_saml_provider(self, name: str, metadata: object, *, account: str | None = None) -> SamlProvider:
        """Let the account know a SAML provider, whose users roles may trust.

        ``metadata`` is its document, or a simulated provider: ``cognito.providers.saml("https://…")``.
        """
        text = identity_providers.metadata_of(name, metadata)
        with self.world.handle_step("create_saml_provider") as context:
            provider = iam.create_saml_provider(context, name, text, account=_account(account))
        return SamlProvider(provider.arn, name)

    def create_root_user(self) -> IamUser:
        """The root user of the account with a new access key, whom no policy limits."""
        with self.world.handle_step("create_root_user") as context:
            user = iam.create_user(context, "")
            key = iam.create_access_key(context, user)
        return IamUser(self.world, user.arn, "root", user.id, key.id, key.secret)

    def __repr__(self) -> str:
        return f"<IAM of {self.world.account_id}>"


def create_role(
    world: World,
    name: str,
    trust: Trust = None,
    policies: Sequence[Document] = (),
    *,
    boundary: Document | None = None,
    max_session_duration: int = _SHORTEST,
    tags: Mapping[str, str] | None = None,
    path: str = "/",
    account: str | None = None,
) -> Role:
    """Create a role; see `Cognito.create_role`."""
    _check(name, "app", tags, path)
    if type(max_session_duration) is not int or not _SHORTEST <= max_session_duration <= _LONGEST:
        raise UsageError(
            f"max_session_duration is {_SHORTEST} to {_LONGEST} seconds, one to twelve hours; "
            f"not {max_session_duration!r}"
        )
    trusted = trust_of(world, name, trust)
    with world.handle_step("create_role") as context:
        taken = {(each.account, each.name.lower()) for each in context.table(iam.ROLES)}
        _check_new(taken, "role", name, _account(account) or context.account)
        own = policies_of(context, name, policies)
        limit = None if boundary is None else policy_of(context, f"the boundary of {name}", boundary)
        role = iam.create_role(
            context,
            name,
            trust=trusted,
            policies=own,
            boundary=limit,
            max_session=max_session_duration,
            tags=tags,
            path=path,
            account=_account(account),
        )
    return _role(world, role)


def _role(world: World, role: iam.Role) -> Role:
    return Role(world, role.arn, role.name, role.id)


def _check_new(taken: set[tuple[str, str]], noun: str, name: str, account: str) -> None:
    if (account, name.lower()) in taken:
        raise UsageError(f"there is a {noun} {name!r} already: names are unique in an account, whatever the case")


def _account(account: str | None) -> str | None:
    if account is not None:
        check_account_id(account)
    return account


def _check(name: object, example: str, tags: object, path: object) -> None:
    arguments.check_text("name", name, f'"{example}"')
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        raise UsageError(f"a name is up to 64 letters, digits and characters of _+=,.@-; not {name!r}")
    arguments.check_mapping("tags", tags, '{"team": "notes"}')
    if not isinstance(path, str) or _PATH.fullmatch(path) is None:
        raise UsageError(f"path begins and ends with /, such as '/service/'; not {path!r}")

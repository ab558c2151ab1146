"""A search through devices and sign-ins with them: what is drawn, what is called, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from botocore.exceptions import ClientError
from pycognito.aws_srp import generate_hash_device

from pytest_cognito.cognito import Cognito
from tests.sound.challenge_world import idp
from tests.support import custom, devices, mfa
from tests.support.app import PASSWORD, App
from tests.support.codes import last_code
from tests.support.devices import BY_DEVICE, UNKNOWN_KEY, VERIFIER
from tests.support.jwts import claims
from tests.support.srp import QuickSrp

T = TypeVar("T")
SMS = "SMS_MFA"


@dataclass(eq=False)
class Known:
    """A device, as the model has it. ``tokens`` are those of its sign-ins."""

    user: str
    key: str
    group_key: str
    tokens: list[dict[str, str]] = field(repr=False)
    secret: str = field(default="", repr=False)
    confirmed: bool = False
    remembered: bool = False
    forgotten: bool = False

    @property
    def stands_in(self) -> bool:
        return self.confirmed and self.remembered and not self.forgotten


@dataclass(eq=False)
class Waiting:
    """A challenge that was put. ``client`` is the client's side of the proof, ``told`` the server's."""

    user: str
    client_id: str
    name: str
    session: str = field(repr=False)
    device: Known | None
    code: str = ""
    told: dict[str, str] = field(default_factory=dict, repr=False)
    client: Any = field(default=None, repr=False)
    used: bool = False


class Search:
    """One pool, two users, two clients, and what the model says must come of each call."""

    def __init__(self, cognito: Cognito, random: Random, note: Callable[[str], None]) -> None:
        pool = devices.make_pool(cognito)
        pool.create_user("bob", attributes=mfa.ADDRESSES)
        mfa.turn_on(pool, SMS, username="bob")
        self.app = App(idp(), pool)
        self.clients = [pool.client.id, pool.create_client(ExplicitAuthFlows=custom.FLOWS).id]
        self.cognito, self.random, self.note = cognito, random, note
        self.devices: list[Known] = []
        self.waiting: list[Waiting] = []
        self.by_device = 0

    def choose(self, options: Sequence[T], what: str) -> T:
        chosen = self.random.choice(options)
        self.note(f"{what}: {chosen}")
        return chosen

    def step(self) -> None:
        steps = ["begin", *["answer"] * 4 * bool(self.waiting), *["change", "refresh", "confirm"] * bool(self.devices)]
        getattr(self, f"_{self.choose(steps, 'step')}")()

    def _begin(self) -> None:
        user, client_id = self.choose(["alice", "bob"], "user"), self.choose(self.clients, "client")
        standing = [one for one in self.devices if one.stands_in and one.user == user]
        device: Known | None = self.choose([None, *self.devices, *standing * 3], "device")
        key = device.key if device else self.choose(["", "", UNKNOWN_KEY], "key")
        parameters = {"USERNAME": user, "PASSWORD": PASSWORD, **({"DEVICE_KEY": key} if key else {})}
        given = {"ClientId": client_id, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}
        if key and (device is None or device.forgotten or device.user != user):
            assert _refused(lambda: self.app.call("initiate_auth", **given))
            return
        expected = BY_DEVICE if device is not None and device.stands_in else SMS
        self._put(self.app.call("initiate_auth", **given), expected, Waiting(user, client_id, "", "", device))

    def _put(self, answer: dict[str, Any], expected: str, waiting: Waiting) -> None:
        """The answer is the expected challenge, which waits from now on."""
        assert answer.get("ChallengeName") == expected
        waiting.name, waiting.session, waiting.told = expected, answer["Session"], answer["ChallengeParameters"]
        waiting.code = last_code(self.cognito.outbox) if expected == SMS else ""
        self.waiting.append(waiting)

    def _answer(self) -> None:
        fresh = [each for each in self.waiting if not each.used][-3:]
        one: Waiting = self.choose([*fresh * 6, *self.waiting[-6:]], "challenge")
        way = self.choose([*["right"] * 5, "another secret", "another user", "another client"], "way")
        device, user, client_id = one.device, one.user, one.client_id
        if way == "another user":
            user = "bob" if user == "alice" else "alice"
        elif way == "another client":
            client_id = next(other for other in self.clients if other != client_id)
        responses = self._responses(one, spoiled=way == "another secret")
        request = {"ClientId": client_id, "ChallengeName": one.name, "Session": one.session}

        def call() -> dict[str, Any]:
            given = {**responses, "USERNAME": user}
            return self.app.call("respond_to_auth_challenge", **request, ChallengeResponses=given)

        ways = ("right",) if one.name == VERIFIER else ("right", "another secret")
        fits = not one.used and way in ways
        if not fits or (one.name != SMS and (device is None or device.forgotten)):
            assert _refused(call)
            return
        answer = call()
        one.used = True
        if one.name == BY_DEVICE:
            assert device is not None
            expected = VERIFIER if device.stands_in else SMS
            self._put(answer, expected, Waiting(user, client_id, "", "", device, client=one.client))
        elif one.name == VERIFIER and device is not None and not device.stands_in:
            self._put(answer, SMS, Waiting(user, client_id, "", "", device))
        else:
            self._got_tokens(one, answer["AuthenticationResult"])

    def _responses(self, one: Waiting, *, spoiled: bool) -> dict[str, str]:
        if one.name == SMS:
            return {"SMS_MFA_CODE": one.code}
        assert one.device is not None
        device = one.device
        if one.name == BY_DEVICE:
            keys = {"device_key": device.key, "device_group_key": device.group_key, "device_password": device.secret}
            one.client = QuickSrp(one.user, PASSWORD, self.app.pool_id, one.client_id, client=self.app.idp, **keys)
            return {"DEVICE_KEY": device.key, "SRP_A": f"{one.client.large_a_value:x}"}
        one.client.device_password = "another secret" if spoiled else device.secret
        proof: dict[str, str] = one.client.process_device_challenge(one.told)
        return proof

    def _got_tokens(self, one: Waiting, result: dict[str, Any]) -> None:
        """Tokens are of the user and of the device: the one that was named, unless it was forgotten, or a new one."""
        said, made = claims(result["AccessToken"]), result.get("NewDeviceMetadata")
        known = one.device if one.device is not None and not one.device.forgotten else None
        assert (made is None) == (known is not None)
        tokens = {"access": result["AccessToken"], "refresh": result["RefreshToken"], "client": one.client_id}
        if known is None:
            assert made is not None
            known = Known(one.user, made["DeviceKey"], made["DeviceGroupKey"], [])
            self.devices.append(known)
        known.tokens.append(tokens)
        assert (said["username"], said["device_key"], said["client_id"]) == (one.user, known.key, one.client_id)
        self.by_device += one.name == VERIFIER

    def _confirm(self) -> None:
        device: Known = self.choose(self.devices, "device")
        by: Known = self.choose([*[device] * 3, *self.devices], "by")
        secret, verifier = generate_hash_device(device.group_key, device.key)
        given = {"AccessToken": by.tokens[-1]["access"], "DeviceKey": device.key}

        def call() -> object:
            return self.app.call("confirm_device", **given, DeviceSecretVerifierConfig=verifier)

        if by is not device or device.forgotten or device.confirmed:
            assert _refused(call)
            return
        call()
        device.secret, device.confirmed, device.remembered = secret, True, True

    def _change(self) -> None:
        """Forget a device, or remember it or no longer, by its user or an administrator."""
        device, by = self.choose(self.devices, "device"), self.choose(self.devices, "by")
        change = self.choose(["forget_device", *["update_device_status"] * 3], "change")
        remembered = self.choose([True, True, False], "remembered")
        status = {"DeviceRememberedStatus": "remembered" if remembered else "not_remembered"}
        given: dict[str, Any] = {"DeviceKey": device.key, **({} if change == "forget_device" else status)}
        admin = self.choose([True, False], "admin")

        def call() -> object:
            if admin:
                return self.app.admin(f"admin_{change}", by.user, **given)
            return self.app.call(change, AccessToken=by.tokens[-1]["access"], **given)

        if by.user != device.user or device.forgotten:
            assert _refused(call)
            return
        call()
        if change == "forget_device":
            device.forgotten = True
        else:
            device.remembered = remembered

    def _refresh(self) -> None:
        device, named = self.choose(self.devices, "device"), self.choose([None, *self.devices], "named")
        tokens = self.random.choice(device.tokens)
        key = {} if named is None else {"DEVICE_KEY": named.key}
        given = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": tokens["refresh"], **key}}

        def call() -> dict[str, Any]:
            return self.app.call("initiate_auth", ClientId=tokens["client"], **given)

        if named is not device or not device.confirmed or device.forgotten:
            assert _refused(call)
            return
        assert claims(call()["AuthenticationResult"]["AccessToken"])["device_key"] == device.key


def _refused(call: Callable[[], object]) -> bool:
    try:
        call()
    except ClientError:
        return True
    return False

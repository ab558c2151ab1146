"""The loopback server, called by boto3, against moto_server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from botocore.config import Config
from botocore.exceptions import EndpointConnectionError

from . import floor
from .measure import ROOT, Row, Sample, Subject, clean_environment, in_turns, repeated
from .sign_in import PASSWORD, Somebody, set_up

_START = "the server's start to its first answer"
_GET = "AdminGetUser of the server"
_SIGN_IN = "a password sign-in of the server"
OURS = ("pytest_cognito", "serve", "--port")
_MOTOS = ("moto.server", "--port")
_PAUSE = 0.002
_PATIENCE = 30


def _start(quick: bool) -> Iterable[Row]:
    yield Row(_START, "moto_server's", 0.5, in_turns(2 if quick else 8, _until_answer(OURS), _until_answer(_MOTOS)))


def _until_answer(module: tuple[str, ...]) -> Sample:
    def sample() -> float:
        with running(module) as started:
            return started.seconds

    return sample


def _calls(quick: bool) -> Iterable[Row]:
    rounds = 10 if quick else 60
    with running(OURS) as our_server, running(_MOTOS) as motos_server:
        ours, motos = our_server.client, motos_server.client
        our_user, motos_user = set_up(ours), set_up(motos)
        for name, call in ((_GET, _get_user), (_SIGN_IN, _sign_in)):
            samples = call(ours, our_user), call(motos, motos_user)
            taken = in_turns(rounds, *(repeated(each, clock=time.perf_counter) for each in samples))
            yield Row(name, "moto_server's", 0.5, taken)


def _get_user(client: Any, user: Somebody) -> Callable[[], object]:
    return lambda: client.admin_get_user(UserPoolId=user.pool_id, Username=user.name)


def _sign_in(client: Any, user: Somebody) -> Callable[[], object]:
    parameters = {"USERNAME": user.name, "PASSWORD": PASSWORD}
    return lambda: client.initiate_auth(
        ClientId=user.client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters
    )


class Running(NamedTuple):
    """A server that runs: a client of it, the seconds from its start to its first answer, its port and process id."""

    client: Any
    seconds: float
    port: int
    pid: int


@contextmanager
def running(module: tuple[str, ...]) -> Iterator[Running]:
    """A server on a free port, until the context ends."""
    port = _free_port()
    client = floor.plain_client(
        endpoint_url=f"http://127.0.0.1:{port}", config=Config(retries={"total_max_attempts": 1})
    )
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *module, str(port)],
        cwd=ROOT,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(client):
            if process.poll() is not None or time.perf_counter() - start > _PATIENCE:
                raise RuntimeError(f"python -m {' '.join(module)} {port} gave no answer")
            time.sleep(_PAUSE)
        yield Running(client, time.perf_counter() - start, port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _answers(client: Any) -> bool:
    try:
        client.list_user_pools(MaxResults=1)
    except EndpointConnectionError:
        return False
    return True


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


SUBJECTS = (Subject((_START,), _start), Subject((_GET, _SIGN_IN), _calls))

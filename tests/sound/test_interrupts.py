"""Ctrl-C, the time limit of a test and forks in the midst of calls: the next call is answered, whoever makes it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="signals and forks are POSIX's")

LONGEST = 60  # seconds
PROGRAM = """
import faulthandler, itertools, os, random, signal, sys, threading, time
import boto3
from pytest_cognito import mock_cognito

faulthandler.dump_traceback_later(45, exit=True)
mock = mock_cognito(region="us-east-1")
cognito = mock.__enter__()
pool = cognito.create_user_pool()
idp = boto3.client("cognito-idp")
number = itertools.count()

@pool.on("PreSignUp")
def look(event, context):
    idp.list_users(UserPoolId=event["userPoolId"], Limit=1)
    return event

def create(name=None):
    name = name or f"user{next(number)}"
    idp.admin_create_user(UserPoolId=pool.id, Username=name, MessageAction="SUPPRESS")
    return name

def fail():
    try:
        idp.admin_get_user(UserPoolId=pool.id, Username="nobody")
    except idp.exceptions.UserNotFoundException:
        pass

def in_another_thread():
    thread = threading.Thread(target=create)
    thread.start()
    thread.join()

def check(created):
    pages = idp.get_paginator("list_users").paginate(UserPoolId=pool.id)
    listed = [user["Username"] for page in pages for user in page["Users"]]
    assert len(listed) == len(set(listed))
    assert created <= set(listed)
    for name in listed:
        assert idp.admin_get_user(UserPoolId=pool.id, Username=name)["Username"] == name

first = create()
created = {first}
end = time.monotonic() + 1
"""
SIGNALS = """
def interrupt(*_):
    raise {error}

class TimeOut(BaseException):
    pass

signal.signal(signal.SIGALRM, interrupt)
interrupts = 0
while time.monotonic() < end:
    try:
        signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-5, 2e-3))
        for _ in range(20):
            created.add(create())
            fail()
        signal.setitimer(signal.ITIMER_REAL, 0)
    except (TimeOut, KeyboardInterrupt):
        interrupts += 1
        in_another_thread()
check(created)
print("usable after", interrupts > 0)
"""
FORKS = """
stop = threading.Event()

def others():
    while not stop.is_set():
        if len(created) < 200:  # each child looks at all of them
            created.add(create())
        else:
            idp.admin_disable_user(UserPoolId=pool.id, Username=first)
        fail()

thread = threading.Thread(target=others)
thread.start()
forks = 0
while time.monotonic() < end:
    child = os.fork()
    if not child:
        signal.alarm(10)
        create("child")
        fail()
        check(set(created))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    forks += 1
stop.set()
thread.join()
check(created)
print("usable after", forks > 0)
"""


@pytest.mark.parametrize(
    "program",
    [SIGNALS.format(error="TimeOut"), SIGNALS.format(error="KeyboardInterrupt"), FORKS],
    ids=["time limits", "Ctrl-C", "forks"],
)
def test_calls_go_on_after(program: str) -> None:
    command = [sys.executable, "-c", PROGRAM + program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)

    assert done.stdout == "usable after True\n", done.stderr

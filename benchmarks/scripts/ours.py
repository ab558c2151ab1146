"""From the first import to the first sign-in on pytest-cognito: prints the seconds."""

import time

start = time.perf_counter()

import boto3  # noqa: E402 - the imports are what is measured

from benchmarks.sign_in import set_up_and_sign_in  # noqa: E402
from pytest_cognito import mock_cognito  # noqa: E402

with mock_cognito():
    set_up_and_sign_in(boto3.client("cognito-idp", region_name="us-east-1"))
    print(time.perf_counter() - start)

"""From the first import to the first sign-in on moto: prints the seconds."""

import time

start = time.perf_counter()

import boto3  # noqa: E402 - the imports are what is measured
from moto import mock_aws  # noqa: E402

from benchmarks.sign_in import set_up_and_sign_in  # noqa: E402

with mock_aws():
    set_up_and_sign_in(boto3.client("cognito-idp", region_name="us-east-1"))
    print(time.perf_counter() - start)

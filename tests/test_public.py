"""What can be imported from the package itself."""

import subprocess
import sys

import pytest

import pytest_cognito
from pytest_cognito import UserPool


@pytest.mark.parametrize("name", pytest_cognito.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(pytest_cognito, name) is not None


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    name = "moto"  # spelled out after the dot it would be an error for a type checker
    with pytest.raises(AttributeError, match=f"has no attribute '{name}'"):
        getattr(pytest_cognito, name)


def test_importing_the_package_imports_no_sdk() -> None:
    code = "import sys, pytest_cognito; print(sorted({'botocore', 'cryptography', 'werkzeug'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_what_a_handle_refuses_is_a_public_error(cognito_user_pool: UserPool) -> None:
    with pytest.raises(pytest_cognito.AWSError, match="UserNotFoundException: User does not exist"):
        cognito_user_pool.user("nobody")

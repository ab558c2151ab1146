"""``python -m pytest_cognito``."""

import sys

from pytest_cognito.server.command import main

if __name__ == "__main__":
    sys.exit(main())

"""The documentation's build."""

import pytest_cognito

project = "pytest-cognito"
author = "The pytest-cognito contributors"
copyright = author
release = version = pytest_cognito.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

autodoc_class_signature = "separated"
autodoc_default_options = {"exclude-members": "__init__"}  # a test is given them, and makes none
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
default_role = "code"

html_theme = "furo"
html_logo = html_favicon = "logo.svg"
html_title = f"pytest-cognito {release}"
html_copy_source = False
html_show_sphinx = False

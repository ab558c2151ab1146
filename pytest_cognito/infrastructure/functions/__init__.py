"""Running the Python code of Lambda functions from the working tree.

A function has an execution environment of its own (`Environment`), as at AWS: its modules are imported for it alone,
and nobody else sees them.
"""

"""Stacks are made, changed and deleted as CloudFormation does, whatever the types of their resources.

``creating`` and ``updating`` are what is done for a whole stack, ``planning`` finds out what an update would do.
``order`` says what comes after what, ``making`` and ``unmaking`` are about one resource.
"""

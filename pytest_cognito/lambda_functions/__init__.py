"""Lambda functions that Cognito invokes: Python callables of the test, or functions of a mocked Lambda.

A service records an invocation (``begin``), runs it (``run``), and makes an error of its own of a ``Failure``.
"""

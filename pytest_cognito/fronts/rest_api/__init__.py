"""REST APIs of API Gateway, in front of Lambda functions by the proxy integration, or of an application.

`RestApi` (``api.py``) finds the method, lets its authorizer decide (``authorizers/``), and hands the request to its
target as a proxy event (``events.py``). What it refuses by itself is a gateway response (``gateway_responses.py``).
``making.py`` makes one of what a test writes.
"""

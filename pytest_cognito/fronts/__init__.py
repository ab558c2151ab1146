"""What stands in front of an application at AWS, and checks Cognito's tokens: API Gateway, load balancers, AppSync.

A `Front` is a site of a world: it answers at its AWS address, for every HTTP library and over the loopback server, and
a test's own calls. It decides whom it lets pass (``admit``), and hands the request to a target: a Lambda function
(``targets/functions.py``), or a WSGI or ASGI application. ``tokens.py`` verifies JWTs and ``callers.py`` the
signatures of AWS, for all fronts; each front says a refusal in its own words.
"""

"""AppSync: a GraphQL API whose fields Lambda functions resolve, and that knows Cognito's tokens and credentials.

``api.py`` is the front. A request is read (``requests.py``), its caller identified by one of the API's modes
(``identifying.py``), its query validated (``validating.py``) and executed by graphql-core (``executing.py``), which
asks for each field whether the caller may have it (``access.py``) and lets its resolver run (``resolvers.py``).
"""

"""APIs of API Gateway that templates make: REST, HTTP and WebSocket APIs.

The handlers of resources write down the parts of an API (``records.py``); the definition of an OpenAPI body becomes the
same parts (``openapi.py``). An `ApiSite` answers at the address of the API, by a front for each of its stages, which
``rest.py``, ``http.py`` and ``websocket.py`` make of the parts.
"""

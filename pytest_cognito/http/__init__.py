"""HTTP: requests and responses as data, the hosts of AWS, routing, CORS and WSGI."""

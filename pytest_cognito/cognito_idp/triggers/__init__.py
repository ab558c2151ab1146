"""Lambda triggers: their definitions (``catalog``), their events (``events``) and their invocation (``engine``)."""

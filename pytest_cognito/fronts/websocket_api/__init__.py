"""WebSocket APIs of API Gateway: connections of a test, their authorization, and messages in both directions."""

"""What the kinds of API of API Gateway share: routes, and what a test may pass as the application behind them."""

"""What every world has and nothing else may reach for: time, identifiers, keys, the outbox, the call log, functions."""

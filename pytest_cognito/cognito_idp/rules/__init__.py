"""Pure functions: validation, defaults and computed values, without access to stored data."""

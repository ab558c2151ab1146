"""Policy documents and their evaluation, as pure functions. Nothing here reads or writes a table."""

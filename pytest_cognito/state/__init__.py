"""An in-memory store: frozen records in indexed tables, changed in atomic steps. Nothing in it is specific to AWS."""

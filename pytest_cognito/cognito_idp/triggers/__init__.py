"""Lambda triggers: what each is (``catalog``), how one is run (``engine``), what its answer changes."""

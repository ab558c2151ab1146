"""Sign-in by identity providers: the way there and back."""

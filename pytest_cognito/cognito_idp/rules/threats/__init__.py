"""Rules of threat protection: modes, responses to risks, what is known of a request, notification messages."""

"""Rules for the branding of login pages: style sheets, settings and images."""

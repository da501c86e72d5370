"""What every screen stands on: sign-in, guards, language, headers, errors, static files."""

"""The texts that were voted."""

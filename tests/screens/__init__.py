"""The pages, through a client that lints every one it requests."""

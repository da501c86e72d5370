"""Where things are and how the instance is set: environment, folders."""

"""The screens, one package an area; strangers to each other."""

"""Files in, drafts and problems out."""

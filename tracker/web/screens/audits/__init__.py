"""The audits of a digital service: listed, read, typed page by page, imported, withdrawn."""

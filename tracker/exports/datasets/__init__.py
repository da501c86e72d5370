"""Open data: a table for programs a noun, each a module of its columns and of the records that fill them."""

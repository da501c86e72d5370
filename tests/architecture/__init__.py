"""What holds the house together: contracts, catalogues, words, documents."""

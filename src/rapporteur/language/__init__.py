"""The English pipeline: tokens, sentences, parse and names, with a model that ships inside the package."""

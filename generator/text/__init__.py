"""Pure functions on text: cleaning, sentences, language, width, slugs, addresses, quantities."""

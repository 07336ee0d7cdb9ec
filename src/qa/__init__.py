"""Who said what? Cited, verbatim answers from transcripts, or an honest "nobody said that here"."""

"""People who never lived, in exactly the files that real people come in."""

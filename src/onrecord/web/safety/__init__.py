"""What keeps the desk safe: documents are hostile, other pages in the same browser may be, a network may be."""

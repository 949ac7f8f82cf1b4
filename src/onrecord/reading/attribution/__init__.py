"""Who is credited with which words: by rules over the parse, by a trained network, or by both together."""

"""From statements to claims: which are one, where they came from, what changed on the way. Pure."""

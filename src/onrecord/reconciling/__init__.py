"""From claims and series to findings: what cannot all hold, what follows, what does not fit. Pure."""

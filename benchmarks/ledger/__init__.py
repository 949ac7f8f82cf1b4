"""The ledger at a million statements: how fast it takes them up, answers, and hands them out."""

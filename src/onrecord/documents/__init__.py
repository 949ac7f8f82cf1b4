"""From a file, a folder, a corpus or standard input to documents."""

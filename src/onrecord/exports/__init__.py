"""From readings to text a person or a program reads."""

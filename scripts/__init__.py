"""The commands behind the Makefile: one short module each."""

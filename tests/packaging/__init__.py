"""The package as others get it: built, installed, with the oldest versions that it allows."""

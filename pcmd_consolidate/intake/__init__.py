"""What came back: from a file of the inbox to readings and findings, without pandas."""

"""What the head keeps, in files they own."""

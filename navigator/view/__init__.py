"""What is said and in what order, for every medium: sections, pages, maps."""

"""A landscape in other media (text, Markdown, JSON): each takes a Landscape, gives a string."""

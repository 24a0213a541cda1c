"""Forms over the screens: what a head types and keeps."""

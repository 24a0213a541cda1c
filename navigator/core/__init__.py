"""What every other part stands on: nouns, keys, words, distances, errors, paths, the clock."""

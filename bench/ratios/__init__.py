"""What a page costs beside an empty view, in one interleaved run: ratios, never times."""

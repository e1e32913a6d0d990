"""The judgement of the finder: which offer answers a need best, and why. Pure; the facts come in, sentences go out as codes."""

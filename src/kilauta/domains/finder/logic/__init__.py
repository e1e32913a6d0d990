"""The judgement of the finder: which offer answers a need best, and why. Facts come in, codes go out."""

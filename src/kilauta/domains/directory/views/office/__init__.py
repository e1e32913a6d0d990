"""The coordinator's pages about the directory: lists to work through, proposals to answer, history, likely pairs."""

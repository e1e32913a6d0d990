"""What is told to the public, and what the public tells back about the service itself.

*Feedback* is about the service: a page that somebody cannot use, a text that is hard, a wish. It has a number to name
it by, and a day by which it is answered: fourteen days, as the law on accessible services asks. A fault in what is
told of a provider is another matter and belongs to the directory.
"""

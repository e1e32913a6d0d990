from django.db import models


class SearchDocument(models.Model):
    """One findable thing: the terms of its title, of what it is about, and of the rest, each as spaced tokens."""

    kind = models.SlugField(max_length=20)
    key = models.CharField(max_length=60)
    title = models.TextField()
    about = models.TextField()
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SearchTerm(models.Model):
    """A term of the index and the number of documents that have it."""

    term = models.CharField(max_length=100, primary_key=True)
    documents = models.PositiveIntegerField()
    # Whole words as people type them (not stems or parts): what a misspelt word may be compared with.
    is_word = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.term

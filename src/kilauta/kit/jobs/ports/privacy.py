IMPERSONAL = ("jobs.Turn",)

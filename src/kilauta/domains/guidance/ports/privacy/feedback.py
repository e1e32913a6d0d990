PERSONAL = ()
SUBJECTS = ()
# What people say stands among the answers; of who said it nothing is kept.
IMPERSONAL = ("guidance.FeedbackFile",)

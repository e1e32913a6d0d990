"""Pages of this domain that lower ones may point at by kind, without knowing whose they are."""

ADDRESSES = {"how-it-went": "guidance:feedback-of"}

# A network's telephone line and address belong to the network: never a person's own.
IMPERSONAL = (
    "territory.Region",
    "territory.Municipality",
    "territory.Border",
    "territory.Locality",
    "territory.Network",
)

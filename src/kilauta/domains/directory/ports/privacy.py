# Telephone numbers and addresses here are those of organisations, places and services. A person's own do not
# belong here, nor do names: a role ("koordinaattori") stands where somebody has to be named.
IMPERSONAL = (
    "directory.Theme",
    "directory.Topic",
    "directory.Audience",
    "directory.Limit",
    "directory.Device",
    "directory.EverydayGroup",
    "directory.Organisation",
    "directory.OrganisationIdentifier",
    "directory.OrganisationRole",
    "directory.Place",
    "directory.EService",
    "directory.ExternalLink",
    "directory.Service",
    "directory.ServiceLanguage",
    "directory.ServiceRole",
    "directory.Channel",
    "directory.RoutingRule",
    "directory.OpeningRule",
    "directory.Verification",
)

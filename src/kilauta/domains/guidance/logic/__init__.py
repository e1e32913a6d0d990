"""The judgement of guidance: entries, requests, periods and figures. No Django, no database, no clock."""

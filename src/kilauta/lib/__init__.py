"""Plain Python of the house: knows neither Django nor anything else of ours."""

"""劳务协作: workers, vacancies, placements by class of destination, and the matching of seekers to vacancies."""

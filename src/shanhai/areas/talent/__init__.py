"""人才交流: postings both ways with their terms, mentors and paired officials, courses with sign-in, institutions.

Basis: glossary A8 (人才交流、挂职、师带徒、培训) and section f of the domain notes: a posting has a post, a planned term and
real days of arrival and leaving; on duty at a day, started in the year and reached the minimum are three figures; the
minimum is a setting per kind, since no official one was found; courses count persons and person-times apart.
"""

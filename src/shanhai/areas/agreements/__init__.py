"""协议与交流: agreements of two governments with their clauses and yearly targets, meetings, visits, working teams.

Basis: the programme's glossary A1 (协作协议, 专项协议, 联席会议, 互访, 帮扶工作队) and its assessment,
which asks for agreements, meetings and visits with their papers.
"""

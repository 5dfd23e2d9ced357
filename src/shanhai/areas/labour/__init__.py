"""劳务协作: workers and the jobs they are placed in, by where they go; stations, agreements, vacancies, courses, subsidies, back pay.

Basis: glossary A9 (labour cooperation) and section g; 东西部协作考核 counts 到东部结对省份就业, 省内就近就业 and 到其他地区就业
apart, with 公益性岗位 as a class of its own. A vacancy offered is a capacity, never a job taken. What a subsidy is paid by is a
versioned table of rules, because provinces and years differ; none is written into the program.
"""

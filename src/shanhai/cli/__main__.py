"""`python -m shanhai.cli`."""

from shanhai.cli import main

main()

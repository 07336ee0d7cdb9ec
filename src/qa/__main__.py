"""`python -m qa` is `qa`."""

from qa.cli import main

main()

"""How fast the main pages are: ratios measured in one run, against the least that any program would have to do."""

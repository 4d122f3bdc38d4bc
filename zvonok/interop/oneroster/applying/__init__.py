"""From what a OneRoster set says to the rows of one school, step by step; `school.py` names the steps."""

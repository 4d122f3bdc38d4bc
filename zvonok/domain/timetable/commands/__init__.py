"""What changes in the timetable: the plan, the dated lessons, their topics, and substitutions."""

"""Spreadsheets that people hand in and take away: XLSX and CSV as tables of text, cell by cell."""

"""Attacks by the thousand: few tests, each of which loops over many cases and names every case that failed.

What is attacked is found, not listed: forms are read from the pages that print them, parameters from what views
ask for, addresses from the URL map, columns from the models. The payloads stand in `payloads/`, one JSON string a line.
"""

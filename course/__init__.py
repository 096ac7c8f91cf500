"""The domain of the course: plain Python that decides, and never asks a clock, a database or a browser.

Every function takes values and the date, and returns frozen values. What it says, it says in these words.

learner          a person with an enrolment
trainer          a person who runs cohorts
operator         a person who runs the installation
sponsor          reads a cohort's report by link
cohort           one run of the course: dates, seats, fee, pace
enrolment        a learner's place in a cohort: waiting, offered, confirmed, withdrawn, completed
module, lesson   a folder, a Markdown file, known by its id for life
passage          what stands under one heading of a lesson: what a search finds
term             a word of the glossary, with the one thing it means here
recall           a short-answer question that returns
exercise         a task in the field, with an if-then plan
self-assessment  behavioural items rated at four moments
entry            one dated line of the practice log
relationship     someone the learner tends, under an alias
touch            an entry with a relationship
promise          something said to be done by a date
opportunity      a possible gain
receipt          money that came
investment       hours and cash put in
return           attributed margin that came back
account          one learner's return on investment, with its evidence
fault            something in a content file that its author should mend: path, line, what and how

Connecting: an entry with two-way ≥ 1, about-them ≥ 1 and six of ten points or more. All else is contacting.
"""

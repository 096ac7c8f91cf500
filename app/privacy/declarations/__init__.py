"""Every column of every table: what it is, what it is for, how long it is kept, whether it is exported, how it goes.

A table is declared in the file of its model's subject; `tests/app/privacy/test_declarations.py` fails without it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.privacy.declarations import certificates, cohorts, gate, ledger, people, practice, reports, requests, study
from app.privacy.declared import Table

SUBJECTS = (people, study, practice, gate, ledger, cohorts, reports, certificates, requests)
TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for subject in SUBJECTS for table in subject.TABLES})

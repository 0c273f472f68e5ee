"""What errors of the sign-in and of the platform's services mean, and what to do: a table, and two ways to look into it.

`explain(code)` returns the explanation of one code, and `find(text)` those of all codes in the body of an answer.

Microsoft asks programs not to branch on the numbers of the sign-in, which may change. This table is for people.
"""

from connector_builder.platform.service_errors.finding import codes_in, explain, find, suggestion
from connector_builder.platform.service_errors.model import About, Area, Evidence, Explanation
from connector_builder.platform.service_errors.table import EXPLANATIONS

__all__ = [
    "EXPLANATIONS",
    "About",
    "Area",
    "Evidence",
    "Explanation",
    "codes_in",
    "explain",
    "find",
    "suggestion",
]

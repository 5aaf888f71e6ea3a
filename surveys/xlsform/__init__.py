"""XLSForm in and out: forms that others wrote become questionnaires, and questionnaires become forms.

Sheets are read from the file itself and not from any program's private objects; pyxform is asked for its verdict.
Plain Python, no Django.
"""

from .forms import Reading, read_xlsform
from .telling import Place, Told
from .writing import example_xlsform, write_xlsform

__all__ = ["Place", "Reading", "Told", "example_xlsform", "read_xlsform", "write_xlsform"]

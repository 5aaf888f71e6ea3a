"""Forms about data sets, a module a page. Choices that a tenant owns are set when a form is made, in the scope."""

from datasets.forms.approving import SendBackForm
from datasets.forms.charting import ChartForm
from datasets.forms.describing import DatasetForm
from datasets.forms.registering import OwnershipForm, RegistrationForm
from datasets.forms.ruling import GUARD_NAMES, ZEROS, RuleForm
from datasets.forms.uploading import ImportForm, NewReleaseForm, PeopleFileForm, UploadForm

__all__ = [
    "GUARD_NAMES",
    "ZEROS",
    "ChartForm",
    "DatasetForm",
    "ImportForm",
    "NewReleaseForm",
    "OwnershipForm",
    "PeopleFileForm",
    "RegistrationForm",
    "RuleForm",
    "SendBackForm",
    "UploadForm",
]

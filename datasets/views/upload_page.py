"""What the page of an upload shows: everything that is known of a file, in one place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from datasets.disclosure import AggregationRule
from datasets.forms import ImportForm, NewReleaseForm
from datasets.forms.columns import columns_form, read_mapping
from datasets.forms.trial import TrialForm
from datasets.importers import MappingError
from datasets.models import Dataset, Upload
from datasets.rules import CHOSEN, least_rule, rule_of
from datasets.selectors import datasets_for, may_steward, uploads_for
from datasets.services import uploads
from datasets.services.files import as_confirmed
from datasets.services.trials import can_try
from datasets.states import FINAL, State
from datasets.views.common import may, membership_of
from datasets.wording import language, rule_in_words
from datasets.wording import previews as preview_wording
from datasets.wording import reading as reporting
from datasets.wording import steps as steps_wording
from datasets.wording.revisions import revisions_in_words
from portal.views import PortalView

LEFT_OUT_SHOWN = 3
STATES_AT_WORK = (State.RECEIVED, State.CONFIRMED, State.IMPORTING)


@dataclass
class UploadForms:
    """The two forms of an upload's page, which are sent together."""

    upload: Upload
    registration: ImportForm | NewReleaseForm
    rule: TrialForm

    def are_valid(self) -> bool:
        """Whether both are, so that errors of either are shown."""
        return self.registration.is_valid() & self.rule.is_valid()

    def draft(self) -> dict[str, Any]:
        """What is filled in so far, as plain JSON; of the rule what was chosen before, where nothing was sent."""
        before = {name: self.upload.registration[name] for name in CHOSEN if name in self.upload.registration}
        return {**before, **self.registration.draft(language()), **self.rule.chosen()}

    def without_complaints(self, request: HttpRequest) -> UploadForms:
        """The same words filled in, for somebody who has not said that they are done."""
        self.registration.is_valid()
        unsent = registration_form(self.upload, request, data=False, draft=self.registration.draft(language()))
        return UploadForms(self.upload, unsent, self.rule)


class UploadView(PortalView):
    """A page about one upload, for its own department's stewards and the administrators."""

    is_abstract = True

    def upload(self) -> Upload:
        """The upload of the address; 404 for other departments, as if it were not there."""
        found = uploads_for(membership_of(self.request), of_people=False)
        return get_object_or_404(found, pk=self.kwargs["upload_id"])


class UploadPageView(UploadView):
    """The upload's page itself, as it is kept or with a rule that is only tried."""

    is_abstract = True

    def forms(self, upload: Upload, *, data: bool) -> UploadForms:
        """The forms with what is kept, or with what was sent."""
        given = self.request.POST if data else None
        sensitivity = given.get("sensitivity", "") if given else ""
        is_known = sensitivity in Dataset.Sensitivity.values
        least = least_rule(upload, {"sensitivity": sensitivity} if is_known else upload.registration)
        return UploadForms(
            upload,
            registration_form(upload, self.request, data=data),
            TrialForm(given, least=least, present=rule_of(upload)),
        )

    def show(
        self, upload: Upload, forms: UploadForms, status: int = 200, tried: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The whole page. `tried` is the preview of a rule that has not been chosen."""
        mapping = as_confirmed(upload.mapping)
        if mapping is not None and forms.rule.is_bound:
            with suppress(MappingError):
                mapping = read_mapping(self.request.POST, mapping)
        problems = reporting.problems_in_words(upload.problems)
        job = uploads.latest_job(upload)
        is_stopped = upload.state in STATES_AT_WORK and (job is None or job.is_finished)
        protected = upload.preview.get("protected", {})
        context: dict[str, Any] = {
            "upload": upload,
            "form": forms.registration,
            "rule_form": forms.rule,
            "job": job,
            "is_working": upload.state in STATES_AT_WORK and not is_stopped,
            "is_stopped": is_stopped,
            "is_open": upload.state == State.READ,
            "is_final": upload.state in FINAL,
            "found": reporting.found_in_words(upload, language()),
            "columns": columns_form(mapping, upload.guess, upload.preview.get("lines", []))
            if mapping is not None and upload.state == State.READ
            else None,
            "problems": problems,
            "like": self.like(upload),
            "left_out": reporting.problems_in_words(row["problem"] for row in upload.quarantine[:LEFT_OUT_SHOWN]),
            "has_fatal": any(problem.is_fatal for problem in problems),
            "can_confirm": may(self.request, "datasets.publish_release")
            and bool(protected)
            and not protected.get("refusals"),
            **self.protection(upload, tried),
        }
        return render(self.request, "datasets/upload_detail.html", context, status=status)

    def like(self, upload: Upload) -> Dataset | None:
        """The data set whose last file had the same columns, for somebody who may bring in its next one."""
        given = upload.guess.get("like") if upload.dataset_id is None else None
        dataset = datasets_for().filter(pk=given).first() if given else None
        return dataset if dataset is not None and may_steward(membership_of(self.request), dataset) else None

    def protection(self, upload: Upload, tried: dict[str, Any] | None = None) -> dict[str, Any]:
        """What is known of the table's protection: under its own rule, or under one that is only tried."""
        kept = upload.preview.get("protected", {})
        protected = kept if tried is None else tried
        rule = AggregationRule.from_json(protected["rule"]) if protected else rule_of(upload)
        is_trial = tried is not None and protected.get("rule") != kept.get("rule")
        return {
            "protected": protected,
            "is_trial": is_trial,
            "can_try": can_try(upload),
            "has_rule": not rule.hides_nothing,
            "rule": rule_in_words(rule),
            "refusals": reporting.problems_in_words(protected.get("refusals", [])),
            "lost": preview_wording.lost_in_words(protected),
            "lost_where": preview_wording.lost_where(protected),
            "hidden": reporting.hidden_in_words(protected),
            "revisions": revisions_in_words(kept.get("revisions", {}), language()),
            "advice": [] if is_trial else steps_wording.advice_in_words(kept, language()),
            "steps": steps_wording.steps_in_words(kept.get("steps", []), kept.get("unfit", []), language()),
        }


def registration_form(
    upload: Upload, request: HttpRequest, *, data: bool, draft: dict[str, Any] | None = None
) -> ImportForm | NewReleaseForm:
    """The form that a file is registered with: short where it is a known data set's next release."""
    given = request.POST if data else None
    kept = {**upload.registration, **(draft or {})}
    if upload.dataset_id is not None:
        return NewReleaseForm(given, initial=kept)
    initial = {**reporting.proposed_registration(upload, language()), **kept}
    return ImportForm(given, initial=initial, lang=language(), membership=membership_of(request))

"""What waits for a second person: the list, and one release to approve or send back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from datasets import wording
from datasets.addresses import file_page
from datasets.errors import DatasetsError
from datasets.forms import SendBackForm
from datasets.models import Approval, Dataset, Upload
from datasets.selectors import uploads_for
from datasets.services.approvals import approvals_waiting, approvers_of
from datasets.services.approving import upload_approve, upload_send_back
from datasets.services.registration import DESCRIBED
from datasets.services.uploads import upload_take_back
from datasets.views.common import membership_of, signed_in
from datasets.views.upload_page import UploadPageView
from portal.views import PortalView


class ApprovalListView(PortalView):
    """What waits for a word of this person, and what of their own waits for somebody else's."""

    permission = "datasets.publish_release"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        waiting = list(approvals_waiting(membership_of(request)))
        mine = [one for one in waiting if one.asked_by_id == signed_in(request).pk]
        context = {"waiting": [one for one in waiting if one not in mine], "mine": mine}
        return render(request, "datasets/approval_list.html", context)


class ApprovalDetailView(UploadPageView):
    """One release that waits: what is published of it, what is hidden, and the word on it."""

    permission = "datasets.publish_release"

    def approval(self) -> Approval:
        """The approval of the address; 404 for other departments, as if it were not there."""
        seen = Approval.in_scope().filter(upload__in=uploads_for(membership_of(self.request)).values("pk"))
        related = ("upload__dataset", "upload__department", "asked_by", "decided_by")
        found = seen.select_related(*related).defer("upload__content")
        return get_object_or_404(found, pk=self.kwargs["approval_id"])

    def get(self, request: HttpRequest, slug: str, approval_id: UUID) -> HttpResponse:
        return self.page(self.approval(), SendBackForm())

    def post(self, request: HttpRequest, slug: str, approval_id: UUID) -> HttpResponse:
        approval, form = self.approval(), SendBackForm(request.POST)
        deed = request.POST.get("deed", "")
        if deed == "send_back" and not form.is_valid():
            return self.page(approval, form, status=422)
        try:
            done = self.act(approval, deed, form)
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
            return redirect("approval-detail", slug=slug, approval_id=approval_id)
        messages.success(request, done)
        if deed == "take_back":
            return redirect(file_page(approval.upload), slug=slug, upload_id=approval.upload_id)
        return redirect("approval-list", slug=slug)

    def act(self, approval: Approval, deed: str, form: SendBackForm) -> str:
        """Do what the button that was pressed says; give what is said then."""
        membership = membership_of(self.request)
        if deed == "approve":
            upload_approve(approval=approval, membership=membership)
            return _("Approved. The figures are published as soon as the work is done.")
        if deed == "send_back":
            upload_send_back(approval=approval, membership=membership, words=form.cleaned_data["words"])
            return _("Sent back. Nothing of it has been published.")
        if deed == "take_back" and approval.asked_by_id == membership.user_id:
            upload_take_back(upload=approval.upload, by=signed_in(self.request))
            return _("Taken back. You can change it and ask again.")
        raise DatasetsError(_("Choose whether to approve it or send it back."))

    def page(self, approval: Approval, form: SendBackForm, status: int = 200) -> HttpResponse:
        """The page, with what was filled in."""
        upload = approval.upload
        context: dict[str, Any] = {
            "approval": approval,
            "upload": upload,
            "form": form,
            "is_mine": approval.asked_by_id == signed_in(self.request).pk,
            "is_waiting": approval.state == Approval.State.WAITING,
            "others": len(approvers_of(upload, approval.asked_by)),
            "told": told_of(upload),
            **self.protection(upload),
        }
        return render(self.request, "datasets/approval_detail.html", context, status=status)


SAID = DESCRIBED - {"department", "next_update_on", "breaks"}


def told_of(upload: Upload) -> list[tuple[str, str]]:
    """What is said of the data that a file holds, label by label: its data set's words, or those registered."""
    if upload.dataset is not None:
        said, title = upload.dataset, wording.title_of(upload.dataset, wording.language())
    else:
        given = {name: value for name, value in upload.registration.items() if name in SAID}
        said = Dataset(**given)
        title = str(given.get("title", ""))
    described = wording.described(said, wording.language())
    found = [
        (_("Title"), title),
        (_("Source"), said.source),
        (_("What it measures"), described.measures.label),
        (_("What it is fit for"), ", ".join(use.label for use in described.fit_for)),
        (_("Definition"), described.definition),
        (_("What it does not say"), described.does_not_say),
        (_("Department"), upload.department.name if upload.department else ""),
        (_("What has changed"), str(upload.registration.get("changes", ""))),
    ]
    return [(label, text) for label, text in found if text]

"""People of a tenant: members, invitations, departments."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import AccountsError
from accounts.forms import ROLES_OF_MUNICIPALITY, ROLES_OF_REGION, DepartmentForm, InvitationForm, RoleForm
from accounts.middleware import tenant_of
from accounts.models import Department, Invitation, Membership, User
from accounts.models.membership import Role
from accounts.proving import ProvenView
from accounts.roles import DESCRIPTIONS
from accounts.services import invitations, people
from portal.views import PortalView


def signed_in(request: HttpRequest) -> User:
    """The person at work; views with a permission always have one."""
    return cast(User, request.user)


def described_roles(roles: list[Role]) -> list[dict[str, str]]:
    """Each role with what it may do, in words."""
    return [{"label": str(role.label), "description": str(DESCRIPTIONS[role])} for role in roles]


class PersonListView(PortalView):
    """Who belongs here, as what; and who has been invited."""

    permission = "accounts.view_start"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        may_manage = request.user.has_perm("accounts.manage_people", tenant_of(request))
        open_invitations = (
            Invitation.objects.filter(accepted_at=None, withdrawn_at=None).select_related("department")
            if may_manage
            else []
        )
        context: dict[str, Any] = {
            "members": Membership.objects.filter(is_active=True)
            .select_related("user", "department")
            .order_by("user__name"),
            "invitations": open_invitations,
            "may_manage": may_manage,
            "now": timezone.now(),
            "roles": described_roles(ROLES_OF_REGION if tenant_of(request).is_region else ROLES_OF_MUNICIPALITY),
        }
        return render(request, "accounts/person_list.html", context)


class PersonInviteView(ProvenView):
    """Invites one person by mail."""

    permission = "accounts.manage_people"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, InvitationForm(tenant=tenant_of(request), initial={"role": "official"}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = InvitationForm(request.POST, tenant=tenant_of(request))
        if form.is_valid():
            try:
                invitation = invitations.invitation_send(by=signed_in(request), **form.cleaned_data)
            except AccountsError as refusal:
                form.add_error("email", str(refusal))
            else:
                messages.success(request, _("An invitation is on its way to %s.") % invitation.email)
                return redirect("person-list", slug=slug)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "roles": described_roles(form.roles)}
        return render(request, "accounts/person_invite.html", context, status=status)


class InvitationActionView(PortalView):
    """Sends an invitation again, or withdraws it."""

    permission = "accounts.manage_people"
    is_abstract = False
    action: Any = None
    done = ""

    def post(self, request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
        invitation = get_object_or_404(Invitation.objects.all(), pk=invitation_id)
        try:
            type(self).action(invitation=invitation, by=signed_in(request))
        except AccountsError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _(self.done) % {"email": invitation.email})
        return redirect("person-list", slug=slug)


class InvitationResendView(InvitationActionView):
    permission = "accounts.manage_people"
    action = staticmethod(invitations.invitation_resend)
    done = "A new invitation is on its way to %(email)s."


class InvitationWithdrawView(InvitationActionView):
    permission = "accounts.manage_people"
    action = staticmethod(invitations.invitation_withdraw)
    done = "The invitation to %(email)s is withdrawn."


class MembershipChangeView(ProvenView):
    """A member's role and department, and their leaving."""

    permission = "accounts.manage_people"

    def get(self, request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
        membership = self.membership(membership_id)
        initial = {"role": membership.role, "department": membership.department_id}
        return self.show(request, membership, RoleForm(tenant=tenant_of(request), initial=initial))

    def post(self, request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
        membership = self.membership(membership_id)
        form = RoleForm(request.POST, tenant=tenant_of(request))
        if form.is_valid():
            try:
                people.membership_change(membership=membership, by=signed_in(request), **form.cleaned_data)
            except AccountsError as refusal:
                form.add_error("role", str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("person-list", slug=slug)
        return self.show(request, membership, form, status=422)

    def show(
        self, request: HttpRequest, membership: Membership, form: RoleForm, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "member": membership, "roles": described_roles(form.roles)}
        return render(request, "accounts/membership_change.html", context, status=status)

    @staticmethod
    def membership(membership_id: UUID) -> Membership:
        members = Membership.objects.filter(is_active=True).select_related("user", "department")
        return get_object_or_404(members, pk=membership_id)


class MembershipEndView(ProvenView):
    """Ends a membership, after a page that asks once."""

    permission = "accounts.manage_people"

    def form_address(self, **arguments: Any) -> str:
        return reverse("membership-change", kwargs=arguments)

    def post(self, request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
        membership = MembershipChangeView.membership(membership_id)
        try:
            people.membership_end(membership=membership, by=signed_in(request))
        except AccountsError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%s no longer belongs here.") % membership.user)
        return redirect("person-list", slug=slug)


class DepartmentListView(PortalView):
    """The departments; an admin adds and renames them."""

    permission = "accounts.view_start"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, DepartmentForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not request.user.has_perm("accounts.manage_tenant", tenant_of(request)):
            return redirect("department-list", slug=slug)
        form = DepartmentForm(request.POST)
        if form.is_valid():
            try:
                department = people.department_add(name=form.cleaned_data["name"], by=signed_in(request))
            except AccountsError as refusal:
                form.add_error("name", str(refusal))
            else:
                messages.success(request, _("%s is added.") % department.name)
                return redirect("department-list", slug=slug)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: DepartmentForm, status: int = 200) -> HttpResponse:
        context = {
            "departments": Department.objects.all(),
            "form": form,
            "may_manage": request.user.has_perm("accounts.manage_tenant", tenant_of(request)),
        }
        return render(request, "accounts/department_list.html", context, status=status)


class DepartmentRenameView(PortalView):
    """Renames a department."""

    permission = "accounts.manage_tenant"

    def get(self, request: HttpRequest, slug: str, department_id: UUID) -> HttpResponse:
        department = get_object_or_404(Department.objects.all(), pk=department_id)
        return self.show(request, department, DepartmentForm(initial={"name": department.name}))

    def post(self, request: HttpRequest, slug: str, department_id: UUID) -> HttpResponse:
        department = get_object_or_404(Department.objects.all(), pk=department_id)
        form = DepartmentForm(request.POST)
        if form.is_valid():
            try:
                people.department_rename(
                    department=department, name=form.cleaned_data["name"], by=signed_in(request)
                )
            except AccountsError as refusal:
                form.add_error("name", str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("department-list", slug=slug)
        return self.show(request, department, form, status=422)

    def show(
        self, request: HttpRequest, department: Department, form: DepartmentForm, status: int = 200
    ) -> HttpResponse:
        context = {"department": department, "form": form}
        return render(request, "accounts/department_rename.html", context, status=status)

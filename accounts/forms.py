"""Forms about people, invitations and onboarding. Choices are set when a form is made, inside the scope."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, Department, Tenant
from accounts.models.membership import Role
from accounts.reference import municipalities

ROLES_OF_MUNICIPALITY: list[Role] = [role for role in Role if role not in (Role.REGIONAL_ADMIN, Role.GUEST)]
ROLES_OF_REGION: list[Role] = [role for role in Role if role not in (Role.MUNICIPALITY_ADMIN, Role.GUEST)]


class DepartmentChoiceForm(forms.Form):
    """Base of forms that name a department of the tenant at work."""

    department: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        queryset=None, label=_("Department"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.objects.all()
        field.empty_label = str(_("No department"))


class RoleForm(DepartmentChoiceForm):
    """A member's role and department."""

    role = forms.ChoiceField(label=_("Role"))
    field_order = ["role", "department"]

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = ROLES_OF_REGION if tenant.is_region else ROLES_OF_MUNICIPALITY
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, role.label) for role in self.roles]


class InvitationForm(RoleForm):
    """Whom to invite, to what."""

    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    field_order = ["name", "email", "role", "department"]


class DepartmentForm(forms.Form):
    """The name of a department."""

    name = forms.CharField(label=_("Name"), max_length=100)


class ApiTokenForm(forms.Form):
    """What a key is for, what it opens, and until when."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=100,
        help_text=_("The program or the person that will use it, so that you know which one to withdraw."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it read?"),
        choices=ApiToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is open to everyone needs no key."),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most a year from now. You can withdraw it before."),
    )


class OnboardingForm(forms.Form):
    """Which municipality, and who is its first admin: three fields, under three minutes."""

    code = forms.ChoiceField(label=_("Municipality"))
    admin_name = forms.CharField(label=_("Name of the first admin"), max_length=100)
    admin_email = forms.EmailField(
        label=_("The admin's e-mail address"),
        max_length=254,
        help_text=_("We send an invitation that works once and for three days."),
    )

    def __init__(self, *args: Any, region: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(Tenant.objects.filter(parent=region).values_list("code", flat=True))
        listed = [found for found in municipalities() if found.county_code == region.code]
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a municipality"))] + [
            (found.code, f"{found.name} ({found.code})") for found in listed if found.code not in taken
        ]
        field.error_messages["invalid_choice"] = str(
            _("Choose a municipality from the list. One that is already on board is not in it.")
        )


class AcceptForm(forms.Form):
    """What an invited person without an account fills in."""

    name = forms.CharField(label=_("Your name"), max_length=100)
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four words in a row are easy to remember."),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password

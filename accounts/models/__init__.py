from accounts.models.api_token import ApiToken
from accounts.models.department import Department
from accounts.models.invitation import Invitation
from accounts.models.membership import Membership
from accounts.models.onboarding import Onboarding
from accounts.models.tenant import Tenant
from accounts.models.user import User

__all__ = ["ApiToken", "Department", "Invitation", "Membership", "Onboarding", "Tenant", "User"]

from django.urls import path

from accounts.views import api_tokens, demo, front, joining, municipality, people, region, second_person, security

urlpatterns = [
    path("", front.FrontView.as_view(), name="front"),
    path("hem/", front.HomeView.as_view(), name="home"),
    path("byt/", front.TenantSwitchView.as_view(), name="tenant-switch"),
    path("tillganglighet/", front.AccessibilityView.as_view(), name="accessibility-statement"),
    path("integritet/", front.PrivacyView.as_view(), name="privacy"),
    path("konto/sakerhet/", security.SecurityView.as_view(), name="account-security"),
    path("konto/andra-steget/", security.SecondFactorView.as_view(), name="account-second-factor"),
    path(
        "inbjudan/<slug:tenant_slug>/<str:token>/",
        joining.InvitationAcceptView.as_view(),
        name="invitation-accept",
    ),
    path("demo/", demo.DemoPeopleView.as_view(), name="demo-people"),
    path("demo/post/", demo.DemoMailListView.as_view(), name="demo-mail-list"),
    path("demo/<uuid:user_id>/", demo.DemoSignInView.as_view(), name="demo-sign-in"),
    path("k/<slug:slug>/", front.StartView.as_view(), name="start"),
    path("k/<slug:slug>/kommunen/", municipality.MunicipalityHomeView.as_view(), name="municipality-home"),
    path("k/<slug:slug>/kommunen/logg/", municipality.AuditLogView.as_view(), name="audit-log"),
    path("k/<slug:slug>/kommunen/start/", region.OwnOnboardingView.as_view(), name="onboarding-own"),
    path("k/<slug:slug>/kommunen/avtal/", region.AgreementNoteView.as_view(), name="agreement-note"),
    path("k/<slug:slug>/kommunen/personer/", people.PersonListView.as_view(), name="person-list"),
    path("k/<slug:slug>/kommunen/personer/bjud-in/", people.PersonInviteView.as_view(), name="person-invite"),
    path(
        "k/<slug:slug>/kommunen/personer/<uuid:membership_id>/",
        people.MembershipChangeView.as_view(),
        name="membership-change",
    ),
    path(
        "k/<slug:slug>/kommunen/personer/<uuid:membership_id>/avsluta/",
        people.MembershipEndView.as_view(),
        name="membership-end",
    ),
    path(
        "k/<slug:slug>/kommunen/inbjudan/<uuid:invitation_id>/skicka/",
        people.InvitationResendView.as_view(),
        name="invitation-resend",
    ),
    path(
        "k/<slug:slug>/kommunen/inbjudan/<uuid:invitation_id>/dra-tillbaka/",
        people.InvitationWithdrawView.as_view(),
        name="invitation-withdraw",
    ),
    path("k/<slug:slug>/kommunen/tva-personer/", second_person.SecondPersonView.as_view(), name="second-person"),
    path("k/<slug:slug>/kommunen/forvaltningar/", people.DepartmentListView.as_view(), name="department-list"),
    path(
        "k/<slug:slug>/kommunen/forvaltningar/<uuid:department_id>/",
        people.DepartmentRenameView.as_view(),
        name="department-rename",
    ),
    path("k/<slug:slug>/kommunen/nycklar/", api_tokens.ApiTokenListView.as_view(), name="api-token-list"),
    path("k/<slug:slug>/kommunen/nycklar/ny/", api_tokens.ApiTokenCreateView.as_view(), name="api-token-create"),
    path(
        "k/<slug:slug>/kommunen/nycklar/<uuid:api_token_id>/dra-tillbaka/",
        api_tokens.ApiTokenWithdrawView.as_view(),
        name="api-token-withdraw",
    ),
    path("k/<slug:slug>/kommuner/", region.OnboardingListView.as_view(), name="onboarding-list"),
    path("k/<slug:slug>/kommuner/ny/", region.OnboardingCreateView.as_view(), name="onboarding-create"),
    path(
        "k/<slug:slug>/kommuner/<uuid:onboarding_id>/",
        region.OnboardingDetailView.as_view(),
        name="onboarding-detail",
    ),
]

"""The six steps of preparing a dialogue, and the deeds on their lists."""

from django.urls import path

from dialogues.urls.places import ONE
from dialogues.views import agenda, deck, filling, inviting, preparing, slides

STEP = ONE + "forbered/"
PARTICIPANT = ONE + "deltagare/<uuid:participant_id>/"
SLIDE = ONE + "bilder/<uuid:slide_id>/"

urlpatterns = [
    path(STEP + "<slug:step>/", preparing.DialoguePrepareView.as_view(), name="dialogue-prepare"),
    path(ONE + "deltagare/", preparing.ParticipantAddView.as_view(), name="participant-add"),
    path(PARTICIPANT, preparing.ParticipantChangeView.as_view(), name="participant-change"),
    path(PARTICIPANT + "ta-bort/", preparing.ParticipantRemoveView.as_view(), name="participant-remove"),
    path(PARTICIPANT + "bjud-in/", preparing.ParticipantInviteView.as_view(), name="participant-invite"),
    path(ONE + "dagordning/", agenda.AgendaView.as_view(), name="dialogue-agenda"),
    path(ONE + "inbjudan/", inviting.InvitationsView.as_view(), name="dialogue-invite"),
    path("kom/<str:token>/", inviting.InvitationByMailView.as_view(), name="invitation-by-mail"),
    path(ONE + "bilder/", deck.SlideAddView.as_view(), name="slide-add"),
    path(ONE + "bilder/ny/", slides.SlideMakeView.as_view(), name="slide-make"),
    path(ONE + "bilder/foreslagna/", filling.DeckFillView.as_view(), name="deck-fill"),
    path(ONE + "deltagare/foreslagna/", filling.PlacesFillView.as_view(), name="participants-fill"),
    path(ONE + "fyll-i/", filling.DialogueFillView.as_view(), name="dialogue-fill"),
    path(ONE + "bilder/ordning/", deck.DeckOrderView.as_view(), name="deck-order"),
    path(SLIDE + "flytta/", deck.SlideMoveView.as_view(), name="slide-move"),
    path(SLIDE + "ta-bort/", deck.SlideRemoveView.as_view(), name="slide-remove"),
    path(SLIDE + "beskriv/", deck.SlideDescribeView.as_view(), name="slide-describe"),
]

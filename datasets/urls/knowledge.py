"""Addresses of what relates data sets to one another: the system map, factors, offers and voices."""

from django.urls import path

from datasets.views import (
    factors,
    offer_deeds,
    offers,
    system_map,
    system_map_draft,
    system_map_parts,
    voice_deeds,
    voices,
)

MAP = "k/<slug:slug>/utforska/systemkarta/"
DRAFT = f"{MAP}utkast/"
OFFERS = "k/<slug:slug>/utforska/insatser/"
OFFER = f"{OFFERS}<uuid:offer_id>/"
VOICES = "k/<slug:slug>/utforska/roster/"
VOICE = f"{VOICES}<uuid:voice_id>/"

urlpatterns = [
    path(MAP, system_map.SystemMapView.as_view(), name="system-map"),
    path(f"{MAP}versioner/", system_map.SystemMapVersionListView.as_view(), name="system-map-version-list"),
    path(
        f"{MAP}versioner/<int:number>/",
        system_map.SystemMapVersionDetailView.as_view(),
        name="system-map-version-detail",
    ),
    path(
        f"{MAP}versioner/<int:number>/ater/",
        system_map_draft.SystemMapRestoreView.as_view(),
        name="system-map-restore",
    ),
    path(DRAFT, system_map_draft.SystemMapDraftView.as_view(), name="system-map-draft"),
    path(f"{DRAFT}borja/", system_map_draft.SystemMapBeginView.as_view(), name="system-map-begin"),
    path(f"{DRAFT}kasta/", system_map_draft.SystemMapDiscardView.as_view(), name="system-map-discard"),
    path(f"{DRAFT}faktorer/ny/", system_map_parts.FactorAddView.as_view(), name="factor-add"),
    path(f"{DRAFT}faktorer/<slug:key>/", system_map_parts.FactorEditView.as_view(), name="factor-edit"),
    path(f"{DRAFT}paverkan/ny/", system_map_parts.InfluenceAddView.as_view(), name="influence-add"),
    path(
        f"{DRAFT}paverkan/<slug:source>/<slug:target>/",
        system_map_parts.InfluenceEditView.as_view(),
        name="influence-edit",
    ),
    path("k/<slug:slug>/utforska/faktorer/<slug:key>/", factors.FactorDetailView.as_view(), name="factor-detail"),
    path(VOICES, voices.VoiceListView.as_view(), name="voice-list"),
    path(f"{VOICES}ny/", voices.VoiceRegisterView.as_view(), name="voice-register"),
    path(f"{VOICES}utkast/", voices.VoiceQueueView.as_view(), name="voice-queue"),
    path(VOICE, voices.VoiceDetailView.as_view(), name="voice-detail"),
    path(f"{VOICE}andra/", voices.VoiceEditView.as_view(), name="voice-edit"),
    path(f"{VOICE}skicka/", voice_deeds.VoiceSendView.as_view(), name="voice-send"),
    path(f"{VOICE}ta-tillbaka/", voice_deeds.VoiceTakeBackView.as_view(), name="voice-take-back"),
    path(f"{VOICE}anvand/", voice_deeds.VoicePublishView.as_view(), name="voice-publish"),
    path(f"{VOICE}skicka-tillbaka/", voice_deeds.VoiceSendBackView.as_view(), name="voice-send-back"),
    path(f"{VOICE}dra-tillbaka/", voice_deeds.VoiceWithdrawView.as_view(), name="voice-withdraw"),
    path("o/<slug:slug>/roster/", voices.PublicVoiceListView.as_view(), name="public-voice-list"),
    path(OFFERS, offers.OfferListView.as_view(), name="offer-list"),
    path(f"{OFFERS}ny/", offer_deeds.OfferAddView.as_view(), name="offer-add"),
    path(f"{OFFERS}skriv-ut/", offers.OfferPrintView.as_view(), name="offer-print"),
    path(f"{OFFERS}csv/", offers.OfferCsvView.as_view(), name="offer-csv"),
    path(f"{OFFERS}dela/", offer_deeds.OfferShareAllView.as_view(), name="offer-share-all"),
    path(OFFER, offer_deeds.OfferDetailView.as_view(), name="offer-detail"),
    path(f"{OFFER}andra/", offer_deeds.OfferEditView.as_view(), name="offer-edit"),
    path(f"{OFFER}avsluta/", offer_deeds.OfferEndView.as_view(), name="offer-end"),
    path(f"{OFFER}angra/", offer_deeds.OfferUndoView.as_view(), name="offer-undo"),
    path(f"{OFFER}dela/", offer_deeds.OfferShareView.as_view(), name="offer-share"),
    path("o/<slug:slug>/insatser/", offers.PublicOfferListView.as_view(), name="public-offer-list"),
]

"""Wishes for data."""

from django.urls import path

from dialogues.urls.places import ALL
from dialogues.views import county, data_wishes

WISHES = ALL + "dataonskemal/"

urlpatterns = [
    path(WISHES, data_wishes.DataWishListView.as_view(), name="data-wish-list"),
    path(WISHES + "<uuid:note_id>/", data_wishes.DataWishAnswerView.as_view(), name="data-wish-answer"),
    path(WISHES + "<uuid:note_id>/dela/", county.WishShareView.as_view(), name="data-wish-share"),
    path(
        WISHES + "<uuid:note_id>/registrera/",
        data_wishes.DataWishRegisterView.as_view(),
        name="data-wish-register",
    ),
    path(
        WISHES + "<uuid:note_id>/lat-vanta/", data_wishes.DataWishPutBackView.as_view(), name="data-wish-put-back"
    ),
    path(ALL + "lanet/", county.CountyView.as_view(), name="dialogue-county"),
    path(WISHES + "<uuid:note_id>/oppna/", data_wishes.DataWishOpenView.as_view(), name="data-wish-open"),
]

"""Is this process able to serve?"""

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse


def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; 503 with a hint to try again when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return HttpResponse("database does not answer", status=503, headers={"Retry-After": "5"})
    return HttpResponse("ok", content_type="text/plain")

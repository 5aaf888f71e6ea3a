"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

from portal.tenancy.login import refuse_mighty_logins

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
refuse_mighty_logins()

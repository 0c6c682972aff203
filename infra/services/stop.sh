#!/usr/bin/env bash
# Stops every service that the tests started (each service script knows its own "stop").
cd "$(dirname "$0")"
for service in postgres rabbitmq s3; do
  [ -x "./$service.sh" ] && "./$service.sh" stop || true
done
for own in "${TMPDIR:-/var/tmp}"/cryohub-rabbitmq-*/; do   # brokers of tests that were killed
  [ -d "$own" ] && ./rabbitmq.sh stop "$(basename "$own" | sed 's/.*-//')" || true
done

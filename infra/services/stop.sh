#!/usr/bin/env bash
# Stops every service that the tests started (each service script knows its own "stop").
cd "$(dirname "$0")"
for service in postgres rabbitmq s3; do
  [ -x "./$service.sh" ] && "./$service.sh" stop || true
done

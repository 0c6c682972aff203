#!/usr/bin/env bash
# Makes the secret files that docker-compose.yml mounts, once; files that are there already are kept.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets
random() { head -c 24 /dev/urandom | base64 | tr '+/' '-_'; }
keep() { [ -s "secrets/$1" ] || printf '%s' "$2" > "secrets/$1"; }

keep postgres_owner "$(random)"
keep postgres_app "$(random)"
keep Bus__Password "$(random)"
keep Storage__AccessKey "cryohub"
keep Storage__SecretKey "$(random)"
keep Database__OwnerConnectionString "Host=postgres;Database=cryohub;Username=cryohub_owner;Password=$(cat secrets/postgres_owner)"
keep Database__ConnectionString "Host=postgres;Database=cryohub;Username=cryohub_app;Password=$(cat secrets/postgres_app)"
keep rabbitmq_user "default_user = cryohub
default_pass = $(cat secrets/Bus__Password)
"
# The containers run as user 10001, PostgreSQL, RabbitMQ and MinIO as their own: the folder is closed, its files are readable.
chmod 0700 secrets && chmod 0644 secrets/*
ls secrets

#!/usr/bin/env bash
# A RabbitMQ of its own on 127.0.0.1:5673 for tests (guest / guest), beside any that runs already. usage: rabbitmq.sh start|stop [PORT]
# Starting twice, also at the same time, starts it once. A test that stops its broker takes one on another PORT. Needs rabbitmq-server.
set -euo pipefail
PORT=${2:-5673}
D=${TMPDIR:-/var/tmp}/cryohub-rabbitmq$([ "$PORT" = 5673 ] || echo "-$PORT")
exec 9> "$D.lock"
flock 9

export HOME=$D RABBITMQ_NODENAME=cryohub-test-$PORT@localhost RABBITMQ_NODE_PORT=$PORT RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
export RABBITMQ_DIST_PORT=$((PORT + 20000 > 65535 ? PORT - 20000 : PORT + 20000)) RABBITMQ_MNESIA_BASE=$D/data RABBITMQ_LOG_BASE=$D/log RABBITMQ_PID_FILE=$D/pid RABBITMQ_CONF_ENV_FILE=/dev/null
export RABBITMQ_ENABLED_PLUGINS_FILE=$D/plugins RABBITMQ_CONFIG_FILE=$D/rabbitmq.conf ERL_EPMD_ADDRESS=127.0.0.1
SBIN=$(dirname "$(readlink -f /usr/lib/rabbitmq/bin/rabbitmq-server)")

listens() { (exec 3<>/dev/tcp/127.0.0.1/$PORT) 2>/dev/null; }

start() {
  mkdir -p "$D"
  echo '[].' > "$RABBITMQ_ENABLED_PLUGINS_FILE"
  # Tests run on machines whose disk is fuller than the broker's default alarm likes.
  echo 'disk_free_limit.absolute = 50MB' > "$RABBITMQ_CONFIG_FILE"
  setsid "$SBIN/rabbitmq-server" > "$D/output" 2>&1 9>&- < /dev/null &
  for _ in $(seq 200); do listens && return 0; sleep 0.3; done
  cat "$D/output" >&2
  exit 1
}

stop() {
  if [ -f "$D/pid" ]; then
    local pid
    pid=$(cat "$D/pid")
    kill "$pid" 2>/dev/null || true
    # The port closes before the last message store is written: the folder may go when the process has gone.
    for _ in $(seq 300); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  fi
  for _ in $(seq 100); do listens || break; sleep 0.1; done
  rm -rf "$D"
}

case "${1:-}" in
  start) listens || start ;;
  stop) stop ;;
  *) sed -n 2p "$0"; exit 2 ;;
esac

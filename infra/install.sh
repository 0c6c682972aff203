#!/usr/bin/env bash
# Installs what the machine lacks, and says what and why. usage: install.sh run|test|bench
# Without root it prints the exact line to run and ends with 3.
set -euo pipefail
cd "$(dirname "$0")/.."

declare -A why=(
  [libicu72]="words and dates, for .NET"
  [libfftw3-single3]="Fourier transforms"
  [libhdf5-103-1]="EMD and other HDF5 files"
  [libblosc1]="compressed zarr chunks"
  [libtiff6]="compressed TIFF pages"
  [libturbojpeg0]="JPEG photos"
  [libbz2-1.0]="files packed with bzip2"
  [libzstd1]="chunks and pages packed with Zstandard"
  [libxrl11]="X-ray lines, yields and cross sections"
  [ffmpeg]="movies of volumes; without it they come as pictures"
  [chromium]="browser tests"
  [rabbitmq-server]="the production broker, in tests"
  [radosgw]="an S3 server, in tests" [ceph-mon]="an S3 server, in tests" [ceph-osd]="an S3 server, in tests"
  [ceph-mgr]="an S3 server, in tests" [ceph-common]="an S3 server, in tests"
  [docker-compose]="checks docker-compose.yml without an engine"
  [hdf5-tools]="reads our HDF5 files back, in tests"
  [python3-icalendar]="reads our calendar feeds back, in tests"
  [unzip]="opens our archives, in tests"
  [libij-java]="ImageJ writes selections for us and measures ours, in tests" [default-jdk-headless]="runs ImageJ, in tests"
  [zbar-tools]="reads our printed labels back, in tests" [poppler-utils]="draws our PDFs, in tests"
  [python3-mrcfile]="reads our MRC files back, in tests" [python3-tifffile]="reads our TIFF files back, in tests" [python3-numpy]="reads our arrays back, in tests"
  [python3-scipy]="peer and oracle" [python3-skimage]="peer and oracle" [python3-sklearn]="peer and oracle" [python3-hyperspy]="peer and oracle"
  [libopenblas0-pthread]="numpy at its best, in benchmarks"
)
# The same library under the name another release gives it (Debian 12, Ubuntu 24.04).
declare -A also=([libicu72]="libicu74 libicu76" [libhdf5-103-1]="libhdf5-103-1t64" [libxrl11]="libxrl11t64" [libturbojpeg0]="libturbojpeg" [default-jdk-headless]="openjdk-17-jdk-headless")
run=(libicu72 libfftw3-single3 libhdf5-103-1 libblosc1 libtiff6 libturbojpeg0 libbz2-1.0 libzstd1 libxrl11)
test=(
  "${run[@]}" ffmpeg chromium rabbitmq-server radosgw ceph-mon ceph-osd ceph-mgr ceph-common docker-compose hdf5-tools unzip libij-java default-jdk-headless zbar-tools poppler-utils
  python3-mrcfile python3-tifffile python3-numpy python3-scipy python3-skimage python3-sklearn python3-hyperspy python3-icalendar
)
bench=("${run[@]}" python3-mrcfile python3-numpy python3-scipy python3-skimage python3-sklearn python3-hyperspy libopenblas0-pthread)
case "${1:-}" in run) wanted=("${run[@]}") ;; test) wanted=("${test[@]}") ;; bench) wanted=("${bench[@]}") ;; *) echo "usage: install.sh run|test|bench" >&2; exit 2 ;; esac

is_there() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
missing=()
for package in "${wanted[@]}"; do
  for name in "$package" ${also[$package]:-}; do is_there "$name" && continue 2; done
  missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  [ "$(id -u)" -ne 0 ] || apt-get update -qq
  named=()
  for package in "${missing[@]}"; do
    name=$package
    for other in "$package" ${also[$package]:-}; do
      if apt-cache show "$other" >/dev/null 2>&1; then name=$other; break; fi
    done
    echo "needed: $name (${why[$package]})"
    named+=("$name")
  done
  if [ "$(id -u)" -ne 0 ]; then
    echo "Run this once, then again what you just ran:  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${named[*]}" >&2
    exit 3
  fi
  apt-get install -y -qq --no-install-recommends "${named[@]}" >/dev/null
fi

# npm packages: the lock file decides; a stamp keeps the second start quick.
for lock in src/CryoHub.Web/package-lock.json infra/postgres/package-lock.json tests/*/package-lock.json tests/*/*/package-lock.json; do
  [ -f "$lock" ] || continue
  folder=$(dirname "$lock")
  if [ ! -f "$folder/node_modules/.stamp" ] || [ "$lock" -nt "$folder/node_modules/.stamp" ]; then
    echo "npm packages of $folder"
    (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error >/dev/null && touch node_modules/.stamp)
  fi
done

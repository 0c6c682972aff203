#!/usr/bin/env bash
# Runs every built test project and the browser code's tests, and adds up their totals. usage: run.sh [PROJECT...]  (all without a name)
set -uo pipefail
cd "$(dirname "$0")/.."
logs=$(mktemp -d)
trap 'infra/services/stop.sh >/dev/null 2>&1; rm -rf "$logs"' EXIT
passed=0 failed=0 skipped=0

# Adds "passed failed skipped" to the totals, and says which of the three a reader should look at.
add() {
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  printf '%-34s %5d passed %3d failed %3d skipped  %4d s\n' "$1" "$2" "$3" "$4" "$5"
}

dotnet_tests() { # title, assembly, then variables for the process
  local title=$1 assembly=$2 log="$logs/$1.log" started=$SECONDS; shift 2
  env "$@" dotnet "$assembly" -noColor -noLogo > "$log" 2>&1
  local line; line=$(grep -E 'Total: [0-9]+, Errors: [0-9]+' "$log" | tail -1)
  if [ -z "$line" ]; then tail -60 "$log"; add "$title (no summary)" 0 1 0 $((SECONDS - started)); return; fi
  local total errors wrong skip
  total=$(sed -E 's/.*Total: ([0-9]+).*/\1/' <<< "$line"); errors=$(sed -E 's/.*Errors: ([0-9]+).*/\1/' <<< "$line")
  wrong=$(sed -E 's/.*Failed: ([0-9]+).*/\1/' <<< "$line"); skip=$(sed -E 's/.*Skipped: ([0-9]+).*/\1/' <<< "$line")
  [ $((errors + wrong)) -eq 0 ] || grep -E -A 25 '\[FAIL\]|\[ERROR\]' "$log" | head -300
  grep -h '^agreement: ' "$log" || true   # the table of formats, files and agreements
  add "$title" $((total - wrong - skip)) $((wrong + errors)) "$skip" $((SECONDS - started))
}

vitest() {
  local started=$SECONDS json="$logs/vitest.json"
  (cd src/CryoHub.Web && npx vitest run --reporter=json --outputFile="$json") > "$logs/vitest.log" 2>&1 || true
  if [ ! -s "$json" ]; then tail -40 "$logs/vitest.log"; add "browser code (no summary)" 0 1 0 $((SECONDS - started)); return; fi
  read -r ok bad skip < <(node -e 'const r=JSON.parse(require("fs").readFileSync(process.argv[1]));console.log(r.numPassedTests,r.numFailedTests+r.numFailedTestSuites*(r.numFailedTests?0:1),r.numPendingTests)' "$json")
  [ "$bad" -eq 0 ] || tail -60 "$logs/vitest.log"
  add "browser code" "$ok" "$bad" "$skip" $((SECONDS - started))
}

wanted() { [ ${#only[@]} -eq 0 ] || [[ " ${only[*]} " == *" $1 "* ]]; }
only=("$@")
for project in Numerics Imaging Formats Analyses Cli Platform Worker Web EndToEnd; do
  name=CryoHub.$project.Tests; [ "$project" = EndToEnd ] && name=CryoHub.EndToEnd
  wanted "$project" && dotnet_tests "$name" "tests/$name/bin/Release/net10.0/$name.dll"
done
# The kernels must give the same numbers on machines without the wide vectors.
if wanted Numerics; then
  numerics=tests/CryoHub.Numerics.Tests/bin/Release/net10.0/CryoHub.Numerics.Tests.dll
  dotnet_tests "Numerics without AVX2" "$numerics" DOTNET_EnableAVX2=0
  dotnet_tests "Numerics without any vectors" "$numerics" DOTNET_EnableHWIntrinsic=0
fi
wanted Browser && vitest
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

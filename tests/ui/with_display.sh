#!/usr/bin/env bash
# Runs a command with a virtual display of its own: with_display.sh [SIZE] COMMAND...
set -euo pipefail
size=1366x768
if [[ ${1:-} =~ ^[0-9]+x[0-9]+$ ]]; then
  size=$1
  shift
fi
number=$(mktemp)
Xvfb -displayfd 3 -screen 0 "${size}x24" -noreset 3>"$number" >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -f "$number"' EXIT
for _ in $(seq 100); do
  [[ -s $number ]] && break
  read -r -t 0.1 <> <(:) || true
done
[[ -s $number ]] || { echo "no virtual display: is xvfb installed?" >&2; exit 1; }
# Mesa unloads its drivers with memory still theirs: leaks are looked for in the programs without a window.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
DISPLAY=":$(cat "$number")" "$@"

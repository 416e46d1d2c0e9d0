#!/usr/bin/env bash
# Fails when a program that shops run holds the name of a planted bug, or the simulator holds none.
#   no_planted_bugs.sh FOLDER-OF-PROGRAMS
set -euo pipefail
bin=$1
name='(?<![a-z])bug:[a-z]+_[a-z_]+'
for program in clubtill clubhub; do
  if grep -qaP "$name" "$bin/$program"; then
    echo "$program holds planted bugs:" >&2
    grep -aoP "$name" "$bin/$program" | sort -u >&2
    exit 1
  fi
done
[[ $(grep -aoP "$name" "$bin/clubtill_sim" | sort -u | wc -l) -ge 30 ]] || {
  echo "clubtill_sim holds fewer than 30 planted bugs" >&2
  exit 1
}

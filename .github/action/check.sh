#!/usr/bin/env bash
# Runs `twicetold check` in a job: annotations and the job's summary at once, SARIF for code scanning, and the exit code as an
# output, so that findings are uploaded before they fail the job.
#
# PATHS  files and folders, separated by blanks
# ARGS   more options, one a line
set -euo pipefail

# Globs in PATHS are meant as such.
# shellcheck disable=SC2206
paths=($PATHS)
args=()
while IFS= read -r line; do
  line="${line%$'\r'}"
  if [ -n "$line" ]; then args+=("$line"); fi
done <<<"${ARGS:-}"

# Bash 3 of macOS takes an empty list for a variable that is not set.
sarif="${RUNNER_TEMP:-/tmp}/twicetold.sarif"
rm -f "$sarif"
code=0
twicetold check ${args[@]+"${args[@]}"} --output-format "sarif=$sarif" --output-format github -- ${paths[@]+"${paths[@]}"} || code=$?
{
  echo "code=$code"
  if [ -f "$sarif" ]; then echo "sarif=$sarif"; fi
} >>"$GITHUB_OUTPUT"

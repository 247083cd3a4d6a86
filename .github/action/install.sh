#!/usr/bin/env bash
# Puts `twicetold` on the path of a job: the binary of the release that the action was taken from, checked against its sum; where
# there is no such release, built from the source of the action.
#
# RELEASES  where releases are, without the version
# VERSION   a tag such as v0.1.0, or a branch
# SOURCE    the folder of the action
set -euo pipefail

folder="${RUNNER_TEMP:-/tmp}/twicetold-bin"
mkdir -p "$folder"

target() {
  case "${RUNNER_OS:-Linux}-${RUNNER_ARCH:-X64}" in
    Linux-X64) echo x86_64-unknown-linux-musl ;;
    Linux-ARM64) echo aarch64-unknown-linux-musl ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
    *) return 1 ;;
  esac
}

sum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1; }

# Fetches a release; fails where there is none. A sum that does not fit ends the job.
fetch() {
  case "$VERSION" in v[0-9]*) ;; *) return 1 ;; esac
  local name archive
  name="twicetold-$(target)" || return 1
  archive="$name.tar.gz"
  curl --fail --silent --show-error --location --retry 3 --output "$folder/$archive" "$RELEASES/$VERSION/$archive" || return 1
  curl --fail --silent --show-error --location --retry 3 --output "$folder/$archive.sha256" "$RELEASES/$VERSION/$archive.sha256"
  if [ "$(sum "$folder/$archive")" != "$(cut -d' ' -f1 "$folder/$archive.sha256")" ]; then
    echo "::error::$archive is not what its checksum says"
    exit 1
  fi
  tar -xzf "$folder/$archive" -C "$folder" --strip-components 1
}

if ! fetch; then
  echo "no release of ${VERSION:-this version} for this system: building from source"
  cargo install --quiet --locked --path "$SOURCE" --root "$folder/cargo"
  folder="$folder/cargo/bin"
fi
echo "$folder" >>"$GITHUB_PATH"
"$folder/twicetold" --version

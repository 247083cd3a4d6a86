#!/usr/bin/env bash
# Packs a built binary with its manuals, completions and licences: pack.sh TARGET FOLDER
set -euo pipefail

target="$1"
folder="$2"
name="twicetold-$target"
built="${CARGO_TARGET_DIR:-target}/$target/release/twicetold"
case "$target" in *windows*) built="$built.exe" ;; esac

mkdir -p "$folder/$name/completions" "$folder/$name/man"
cp "$built" README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$folder/$name/"
"$built" man "$folder/$name/man"
for shell in bash zsh fish powershell elvish; do
  "$built" completions "$shell" >"$folder/$name/completions/twicetold.$shell"
done
tar -czf "$folder/$name.tar.gz" -C "$folder" "$name"
rm -r "${folder:?}/$name"
cd "$folder"
if command -v sha256sum >/dev/null; then sha256sum "$name.tar.gz"; else shasum -a 256 "$name.tar.gz"; fi >"$name.tar.gz.sha256"

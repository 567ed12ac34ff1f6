#!/bin/sh
# SPDX-License-Identifier: MIT
# Puts the program and what belongs to it where a system keeps such things, or takes it away again.
#
#   tools/install.sh install   PROGRAM PREFIX
#   tools/install.sh uninstall PROGRAM PREFIX

set -eu
mode=$1
program=$2
prefix=$3
share=$prefix/share
documents=$share/doc/vouch

# put FOLDER FILE...
put() {
    into=$1
    shift
    install -d "$into"
    install -m 644 "$@" "$into"
}

if [ "$mode" = uninstall ]; then
    rm -f "$prefix/bin/vouch" "$share/man/man1/vouch.1" "$share/man/man5/vouch-audit.5" "$share/man/man5/vouch-rules.5" \
        "$share/bash-completion/completions/vouch" "$share/zsh/vendor-completions/_vouch"
    rm -rf "$share/vouch" "$documents"
    exit
fi

install -d "$prefix/bin"
install -m 755 "$program" "$prefix/bin/vouch"
rm -rf "$share/vouch/rules" "$documents"
for folder in $(find rules -mindepth 1 -type d -printf '%P\n' | LC_ALL=C sort); do
    files=$(find "rules/$folder" -maxdepth 1 -type f ! -name 'README*')
    # shellcheck disable=SC2086 # a list of files without blanks
    [ -z "$files" ] || put "$share/vouch/rules/$folder" $files
done
put "$share/man/man1" docs/man/vouch.1
put "$share/man/man5" docs/man/vouch-audit.5 docs/man/vouch-rules.5
put "$share/bash-completion/completions" docs/man/vouch.bash
mv "$share/bash-completion/completions/vouch.bash" "$share/bash-completion/completions/vouch"
put "$share/zsh/vendor-completions" docs/man/_vouch
# As in the tree, so that their links lead on: the pages, the README, and the examples that they name.
put "$documents" README.md LICENSE
put "$documents/docs" docs/*.md docs/report.png
put "$documents/docs/zh" docs/zh/*.md
for example in examples/*/audit.lua; do
    folder=${example%/audit.lua}
    for file in $(cd "$folder" && find . -type f ! -name '*.py' ! -path './vouch-out/*'); do
        put "$documents/$folder/${file%/*}" "$folder/$file"
    done
done

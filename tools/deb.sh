#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes a package for Debian of a program that was compiled for /usr, and what belongs to it.
#
#   tools/deb.sh PROGRAM FOLDER     writes FOLDER/vouch_VERSION_ARCHITECTURE.deb
#
# What it needs at run time is found by dpkg-shlibdeps. The same tree gives the same bytes: times are
# SOURCE_DATE_EPOCH, by default that of the last commit.

set -eu
program=$1
folder=$2
version=$(sed -n 's/^#define VOUCH_VERSION "\(.*\)"$/\1/p' reports/files/version.h)
architecture=$(dpkg --print-architecture)
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || echo 0)}"
export SOURCE_DATE_EPOCH
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
root=$work/root

install -d "$root/DEBIAN"
tools/install.sh install "$program" "$root/usr"
strip --strip-unneeded "$root/usr/bin/vouch"
gzip -9n "$root"/usr/share/man/man*/*
documents=$root/usr/share/doc/vouch
mv "$documents/LICENSE" "$documents/copyright"

# dpkg-shlibdeps wants to stand beside a debian/control.
mkdir "$work/debian"
printf 'Source: vouch\n\nPackage: vouch\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "$root/usr/bin/vouch" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ]

cat >"$root/DEBIAN/control" <<END
Package: vouch
Version: $version
Architecture: $architecture
Maintainer: The vouch authors <vouch@localhost>
Installed-Size: $(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f1)
Depends: $depends, tzdata
Suggests: postgresql-client
Section: misc
Priority: optional
Description: vouches sales documents against control rules
 Reads a company's orders, deliveries, invoices, receipts and revenue entries from
 files or a database, tests control rules over every row, and reports each exception
 with its evidence: the row, the source line, the values that decided.
END
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum) >"$root/DEBIAN/md5sums"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
target=$folder/vouch_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$target" >/dev/null
echo "$target"

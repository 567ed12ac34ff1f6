#!/bin/sh
# SPDX-License-Identifier: MIT
# What building, testing and the other targets need from the system.
#
#   tools/deps.sh check   [GROUP...]   fails, and says what is missing
#   tools/deps.sh ensure  [GROUP...]   installs what is missing
#   tools/deps.sh install [GROUP...]   the same, and says when there is nothing to do
#
# Groups: build (always looked at); check, which is cmocka, postgres, browser and a few more; format, tidy, fuzz,
# valgrind, office, deb. Packages are Debian's; elsewhere the missing ones are named.

set -eu
mode=${1:-check}
[ $# -eq 0 ] || shift
compiler=${CC:-cc}
javascript=${JAVASCRIPT:-/usr/share/javascript}
missing=""

have() {
    command -v "$1" >/dev/null 2>&1
}

# need PACKAGE COMMAND...: the package is missing when the command fails.
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

includes() {
    printf '#include <%s>\n' "$1" | $compiler -E -
}

converts() {
    printf '' | iconv -f "$1" -t UTF-8
}

# Debian keeps the server's programs away from PATH.
serves() {
    have initdb || ls /usr/lib/postgresql/*/bin/initdb
}

# A whole program, since the compiler may be there without the library that it links.
fuzzes() {
    folder=$(mktemp -d)
    echo 'int LLVMFuzzerTestOneInput(const char *b, unsigned long n) { return b && n ? 0 : 0; }' >"$folder/fuzz.c"
    code=0
    clang -fsanitize=fuzzer,address -o "$folder/fuzz" "$folder/fuzz.c" || code=1
    rm -rf "$folder"
    return $code
}

probe_build() {
    need gcc have "${compiler%% *}"
    need libc6-dev includes stdio.h
    need pkg-config have pkg-config
    need liblua5.4-dev pkg-config --exists lua5.4
    need libjansson-dev pkg-config --exists jansson
    need libssl-dev pkg-config --exists libcrypto
    need zlib1g-dev pkg-config --exists zlib
    need libutf8proc-dev pkg-config --exists libutf8proc
    need libsmartcols-dev pkg-config --exists smartcols
    need libxlsxwriter-dev pkg-config --exists xlsxwriter
    need libzip-dev pkg-config --exists libzip
    need libexpat1-dev pkg-config --exists expat
    need libfreexl-dev pkg-config --exists freexl
    need libmpfr-dev pkg-config --exists mpfr gmp
    need libcsv-dev includes csv.h
    need libpq-dev pkg-config --exists libpq
    need libjs-jquery test -e "$javascript/jquery/jquery.min.js"
    need libjs-jquery-datatables test -e "$javascript/jquery-datatables/jquery.dataTables.min.js"
    need tzdata test -e "${TZDIR:-/usr/share/zoneinfo}/Asia/Shanghai"
    need libc-gconv-modules-extra converts GB18030
}

probe_cmocka() {
    need libcmocka-dev pkg-config --exists cmocka
}

probe_postgres() {
    need postgresql serves
    need python3 python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))'
}

probe_check() {
    probe_cmocka
    probe_postgres
    probe_browser
    need openssl have openssl
    need diffutils have diff
    need dpkg-dev have dpkg-shlibdeps
    need mandoc have mandoc
}

# Python's packages of Debian are those of Debian's Python.
probe_browser() {
    need chromium have chromium
    need chromium-driver have chromedriver
    need python3-selenium /usr/bin/python3 -c 'import selenium'
}

probe() {
    case $1 in
    build) probe_build ;;
    check) probe_check ;;
    deb) need dpkg-dev have dpkg-shlibdeps ;;
    cmocka) probe_cmocka ;;
    postgres) probe_postgres ;;
    browser) probe_browser ;;
    format) need clang-format have clang-format ;;
    tidy) need clang-tidy have clang-tidy ;;
    fuzz) need "clang libclang-rt-dev" fuzzes ;;
    valgrind) need valgrind have valgrind ;;
    office) need libreoffice-calc-nogui have soffice ;;
    *)
        echo "deps: there is no group '$1'" >&2
        exit 2
        ;;
    esac
}

name_missing() {
    echo "vouch needs what these Debian packages hold:" >&2
    for package in $missing; do
        echo "    $package" >&2
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

install_missing() {
    if ! have apt-get; then
        name_missing
        echo "This is no Debian: install them, under the names they have here, by the system's own means." >&2
        exit 1
    fi
    if [ "$(id -u)" -ne 0 ] && ! have sudo; then
        name_missing
        echo "Neither root nor sudo is at hand. As root: apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    echo "installing:$missing"
    as_root apt-get update -q || echo "deps: the lists of packages could not be renewed; trying with the old ones" >&2
    # shellcheck disable=SC2086 # a list of packages
    as_root apt-get install -y -q --no-install-recommends $missing
}

probe_all() {
    missing=""
    for group in build "$@"; do
        probe "$group"
    done
}

probe_all "$@"
case $mode in
check)
    [ -z "$missing" ] && exit 0
    name_missing
    echo "\`make deps\` installs what building needs, \`make deps-check\` what testing needs too." >&2
    exit 1
    ;;
ensure | install)
    if [ -z "$missing" ]; then
        [ "$mode" = ensure ] || echo "nothing is missing"
        exit 0
    fi
    install_missing
    probe_all "$@"
    if [ -n "$missing" ]; then
        echo "deps: still not found after installing:$missing" >&2
        exit 1
    fi
    ;;
*)
    sed -n '3,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac

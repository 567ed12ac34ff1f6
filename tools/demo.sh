#!/bin/sh
# SPDX-License-Identifier: MIT
# Audits the example month, in the language of the reader, and says where the results lie.
#
#   tools/demo.sh PROGRAM FOLDER

set -eu
program=$1
folder=$2
case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
zh*) language=zh ;;
*) language=en ;;
esac
mkdir -p "$folder"
code=0
"$program" run --lang "$language" -o "$folder" examples/month-end || code=$?
case $code in
0 | 1 | 3) ;; # 1: exceptions were found, 3: something could not be tested; both are results
*)
    echo "demo: the run failed (exit $code)" >&2
    exit "$code"
    ;;
esac
cat <<END

The results are in $folder/:
  exceptions.csv     each exception with its amount, message and source line
  controls.csv       what each control tested, passed and could not test
  data_problems.csv  what is wrong with the data
  totals.csv         control totals of every table
  run.json           hashes, settings and counts of this run
Next: $program explain PRC-01, $program list, $program --help
END

# SPDX-License-Identifier: MIT
# Completion of vouch for bash; written by tools/man.py.
_vouch()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} options=
    COMPREPLY=()
    # "=" is a word of its own where COMP_WORDBREAKS has it.
    if [ "$current" = = ]; then current= ; elif [ "$previous" = = ]; then previous=${COMP_WORDS[COMP_CWORD - 2]}; fi
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "init run check test list explain profile diff verify schema sample --help --version" -- "$current"))
        return
    fi
    case "$previous" in
    --amount|--as-of|--confidence|--currency|--encoding|--engagement|--expected|--jobs|--lines|--mask|--method|--only|--param|--period|--seed|--size|--to|--tolerable|--where) return ;;
    --evaluate|--record) COMPREPLY=($(compgen -f -- "$current")); return ;;
    --output|--previous|--rules|--run|-o) COMPREPLY=($(compgen -d -- "$current")); return ;;
    --lang) COMPREPLY=($(compgen -W "en zh" -- "$current")); return ;;
    --format) COMPREPLY=($(compgen -W "jsonl csv html xlsx postgres" -- "$current")); return ;;
    --fail-on|--fail-on-assumed) COMPREPLY=($(compgen -W "low medium high critical none" -- "$current")); return ;;
    esac
    case "$command" in
    init) options="--lang --rules --usage --version" ;;
    run) options="--as-of --create-schema --fail-on --fail-on-assumed --format --full --jobs --lang --mask --no-assumptions --no-progress --only --output --param --period --previous --quiet --rules --to --usage --version" ;;
    check) options="--as-of --format --full --lang --only --param --period --rules --usage --version" ;;
    test) options="--as-of --coverage --lang --only --param --period --rules --usage --version" ;;
    list) options="--as-of --format --lang --missing --no-assumptions --only --param --period --rules --usage --version" ;;
    explain) options="--as-of --json --lang --mask --only --param --period --rules --run --usage --version" ;;
    profile) options="--as-of --format --lang --mask --only --param --period --rules --usage --version" ;;
    diff) options="--json --lang --lines --usage --version" ;;
    verify) options="--engagement --rules --usage --version" ;;
    schema) options="--as-of --engagement --format --json --lang --only --output --param --period --rules --usage --version" ;;
    sample) options="--amount --as-of --confidence --currency --encoding --evaluate --every-period --expected --json --lang --method --only --output --param --period --record --rules --seed --size --tolerable --usage --version --where" ;;
    esac
    case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *)
        if [ "$command" = explain ]; then
            # The shipped controls: what an engagement adds would have to be imported first.
            COMPREPLY=($(compgen -W "$(cd / && "${COMP_WORDS[0]}" list 2>/dev/null | grep -o '^[A-Z]*-[0-9]*')" -- "$current"))
        else
            COMPREPLY=($(compgen -f -- "$current"))
        fi
        ;;
    esac
}
complete -o filenames -F _vouch vouch

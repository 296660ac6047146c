#compdef claimcli
# Completion of claimcli for zsh. Made by 'claimcli completion zsh'; write it as _claimcli to a
# folder of $fpath, or load it in ~/.zshrc after compinit. The answers of claimcli are never
# evaluated.
_claimcli() {
    local -a answers values shown spacing
    local answer how
    answers=("${(@f)$(command claimcli --complete zsh -- "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    how=$answers[1]
    shift answers
    case $how in
        files) _files; return ;;
        folders) _files -/; return ;;
        prefixes) spacing=(-S '') ;;
    esac
    for answer in "${answers[@]}"; do
        values+=("${answer%%$'\t'*}")
        if [[ $answer == *$'\t'* ]]; then
            shown+=("${answer%%$'\t'*}  -- ${answer#*$'\t'}")
        else
            shown+=("$answer")
        fi
    done
    (( ${#values} )) || return 1
    compadd -U -l "${spacing[@]}" -d shown -a -- values
}
if [[ ${funcstack[1]} == _claimcli ]]; then
    _claimcli "$@"
else
    compdef _claimcli claimcli
fi

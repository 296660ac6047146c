# Completion of claimcli for bash. Made by 'claimcli completion bash'; write it to
#   ~/.local/share/bash-completion/completions/claimcli
# or load it in ~/.bashrc. The answers of claimcli are never evaluated.
_claimcli() {
    local answer how=''
    COMPREPLY=()
    while IFS= read -r answer; do
        if [[ -z $how ]]; then
            how=$answer
        else
            COMPREPLY+=("$answer")
        fi
    done < <(command claimcli --complete bash "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    type compopt >/dev/null 2>&1 || return 0
    case $how in
        prefixes) compopt -o nospace ;;
        files) compopt -o default ;;
        folders) compopt -o dirnames ;;
    esac
}
complete -F _claimcli claimcli

# Completion of claimcli for fish. Made by 'claimcli completion fish'; write it to
#   ~/.config/fish/completions/claimcli.fish
# The answers of claimcli are never evaluated.
function __claimcli_answers
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l answers (command claimcli --complete fish -- $words "$word" 2>/dev/null)
    switch "$answers[1]"
        case files
            __fish_complete_path "$word"
        case folders
            __fish_complete_directories "$word"
        case '*'
            test (count $answers) -gt 1; and printf '%s\n' $answers[2..-1]
    end
end
complete -c claimcli -f -a '(__claimcli_answers)'

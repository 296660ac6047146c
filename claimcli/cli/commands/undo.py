from claimcli.cli import record_options


def undo(
    session: record_options.WritingSession, dry_run: record_options.DryRunOption = False
) -> None:
    """Revert the last change that claimcli made to the dossier.

    A second 'claimcli undo' restores it. Nothing is reverted if one of the files has changed since.
    """
    from claimcli.cli.change_messages import patch_name, show_changes
    from claimcli.cli.output import say, write
    from claimcli.core.text.escaping import one_line
    from claimcli.core.text.word_diff import plural
    from claimcli.edit.undo import undo as undo_last

    undone = undo_last(session.writable_paths(), dry_run=dry_run)
    if dry_run:
        show_changes(undone.files, session)
        say("nothing was written")
        return
    done, again = ("restored", "reverts") if undone.is_restored else ("reverted", "restores")
    files = plural(len(undone.files), "file")
    say(f"{done} '{one_line(undone.title)}' in {files}; 'claimcli undo' {again} it")
    top = session.configuration().path
    write("".join(f"{one_line(patch_name(str(one.path), top))}\n" for one in undone.files))

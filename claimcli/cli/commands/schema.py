from claimcli.cli.options import OutputOption
from claimcli.cli.session import BareSession


def schema(session: BareSession, output: OutputOption = None) -> None:
    """Print the JSON Schema of the data files, for editors.

    'claimcli init' writes it to claimcli.schema.json, and a first line that names it to each file.
    """
    from claimcli.cli.output import write
    from claimcli.dossier.json_schema import schema as schema_of

    session.protect_dossier()
    write(schema_of(), output)

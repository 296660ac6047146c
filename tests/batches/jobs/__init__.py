"""The jobs on corpora, each compared with the command of a single dossier."""

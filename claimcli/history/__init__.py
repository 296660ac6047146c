"""States of the data, at a git revision, in the work tree or in a folder, and their comparison.

May not import ``edit`` or the layers above it. Start reading in ``states.py``, then ``compare.py``.

The git program is called to list the files of a revision, to read them, and to search them. A
library would be one more dependency for one command, does not support all repositories that the
installed git does (SHA-256, reftables, sparse and shallow ones), and is slower: on a busy machine
git listed a commit of 1,000 files in 10 to 24 ms, dulwich in 310 to 460 ms and pygit2 in 390 to
490 ms, including imports.
"""

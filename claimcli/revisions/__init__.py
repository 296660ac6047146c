"""The data as it stood at some time: at a revision of git, in the work tree, in a folder.

Git is called as a program, for what is read here in full: which files a revision has, what they
hold, and which of them mention a word. A library in its place (pygit2, dulwich) would be one more
dependency for one command, and knows fewer repositories than the git that is there with them
(SHA-256, reftables, alternates, work trees apart); starting git takes a few milliseconds.
"""

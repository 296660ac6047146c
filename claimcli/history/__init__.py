"""The data as it stood at some time: at a revision of git, in the work tree, in a folder.

Git is called as a program, for what is read here in full: which files a revision has, what they
hold, and which of them mention a word. A library in its place would be one more dependency for one
command, knows fewer repositories than the git that is there with them (SHA-256, reftables, sparse
and shallow ones), and takes longer: on one busy machine git listed a commit of 1,000 files in 10 to
24 ms, dulwich in 310 to 460 ms and pygit2 in 390 to 490 ms, imports and all.
"""

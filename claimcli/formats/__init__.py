"""Results as text: each command's formats are the ``WRITERS`` of the module named after it.

``dot``, ``github``, ``mermaid``, ``patch`` and ``sarif`` are formats that several commands share;
``drawing`` and ``templates`` are packages of their own. Nothing here prints.
"""

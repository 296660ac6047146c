"""Pages of a dossier: served to a browser, or written as files of a static site.

``routes.py`` lists the pages. A module of ``pages/`` has a function from a
:class:`claimcli.web.page.PageRequest` to a :class:`claimcli.web.page.Page`, which names a template
and its values; ``render.py`` fills it. ``serve/`` and ``site/`` are the two ways to publish the
same pages: they differ in the reader that gives them the dossier and in how links are written.
"""

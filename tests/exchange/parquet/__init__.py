"""Tests of the tables of Arrow and Parquet."""

import pytest

pytest.importorskip("pyarrow", reason="an extra that is not installed")

"""The demo: two schools from the files in `demo/`, their journals filled up to yesterday, a sign-in for each role."""

from zvonok.interop.demo.loading import load

__all__ = ["load"]

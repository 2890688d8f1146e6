"""What is only needed for some of the kit, and how to get it."""

from importlib.util import find_spec


def needs(*modules: str, extra: str) -> None:
    """Raises a ModuleNotFoundError that says how to install what is missing.

    >>> needs("pandas", extra="notebooks")
    >>> needs("no_such_module", extra="dask")
    Traceback (most recent call last):
    ModuleNotFoundError: no_such_module is missing; install it with pip install 'newsvoices[dask]'
    """
    for module in modules:
        if find_spec(module) is None:
            message = f"{module} is missing; install it with pip install 'newsvoices[{extra}]'"
            raise ModuleNotFoundError(message, name=module)

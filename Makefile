# make notebooks                  run every notebook on the sample articles; HTML, figures and tables in build/
# make notebooks ARTICLES=path    the same on your own articles
# make test                       style, unit tests, and the notebooks' committed numbers
# make refresh ARTICLES=path      rewrite the notebooks' outputs, for your articles from then on
# make lab | clean                JupyterLab | remove what make made

ARTICLES ?= data/sample/articles
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
NOTEBOOKS := $(wildcard notebooks/*.ipynb)

.DELETE_ON_ERROR:
.PHONY: notebooks test lab refresh clean

# A user's own IPython start-up files and matplotlib styles stay out of outputs that are compared.
notebooks test refresh $(INSTALLED): export IPYTHONDIR := $(CURDIR)/$(VENV)/share/ipython
notebooks test refresh $(INSTALLED): export MPLCONFIGDIR := $(CURDIR)/$(VENV)/share/matplotlib

notebooks: $(INSTALLED)
	$(BIN)/newsvoices run "$(ARTICLES)" --out build

test: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest src tests $(NOTEBOOKS) --nbval --nbval-current-env \
		--nbval-sanitize-with tests/sanitize.cfg --nbval-cell-timeout=600

lab: $(INSTALLED)
	$(BIN)/jupyter lab notebooks

# Fresh kernels; no timings and versions in the metadata, printed lines joined: two refreshes give the same bytes.
refresh: $(INSTALLED)
	$(BIN)/python -c "import sys; from newsvoices.run_notebooks import *; set_articles(find_notebooks('notebooks'), sys.argv[1])" \
		"$(ARTICLES)"
	$(BIN)/jupyter nbconvert --to notebook --inplace --execute \
		--ExecutePreprocessor.record_timing=False --ExecutePreprocessor.shutdown_kernel=immediate \
		--ExecutePreprocessor.extra_arguments="['--log-level=ERROR', '--HistoryManager.enabled=False']" \
		--ExecutePreprocessor.timeout=600 --ClearMetadataPreprocessor.enabled=True \
		--NotebookExporter.preprocessors="['nbconvert.preprocessors.CoalesceStreamsPreprocessor', 'newsvoices.explorer.without_widgets.WithoutWidgets']" \
		--ClearMetadataPreprocessor.preserve_cell_metadata_mask="('tags',)" \
		--ClearMetadataPreprocessor.preserve_nb_metadata_mask="('kernelspec', ('language_info', 'name'))" \
		$(NOTEBOOKS)

# uv takes seconds where pip takes a minute; pip is there for networks whose certificates only pip was told of.
# The font cache is built here: matplotlib would announce it among a notebook's outputs.
$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt -b constraints.txt -e '.[notebooks,files,dask,dev]' \
		|| $(BIN)/python -m pip install --quiet -c constraints.txt -e '.[notebooks,files,dask,dev]'
	$(BIN)/python -c "import matplotlib.font_manager"
	touch $@

clean:
	rm -rf $(VENV) build .pytest_cache .ruff_cache .hypothesis src/*.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} + -o -name .ipynb_checkpoints -prune -exec rm -rf {} +

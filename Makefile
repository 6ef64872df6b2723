# The same as `python -m evalrapport …`, with the environment made first where there is none.
UV := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
RUN := .venv/bin/python -m evalrapport
export UV_PYTHON_DOWNLOADS := never

.PHONY: report test check preview calibration bench
report test check preview calibration bench: .venv/.ready
	@$(RUN) $@

.venv/.ready: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --frozen --quiet && touch $@

.uv/bin/uv:
	@python3 -m venv .uv && .uv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9

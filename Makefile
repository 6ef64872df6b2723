# The same as `python -m evalrapport …`, with the environment made first where there is none.
UV := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
RUN := .venv/bin/python -m evalrapport
export UV_PYTHON_DOWNLOADS := never

.PHONY: report test check preview calibration bench export offline-bundle
report test check preview calibration bench export offline-bundle: .venv/.ready
	@$(RUN) $@

# Keeps the present build as a version; REASON lifts a risk of disclosure and is kept.
.PHONY: release compare
release: .venv/.ready
	@$(RUN) release "$(VERSION)" $(if $(REASON),--reason "$(REASON)")

# make compare OLD=published NEW=computed [FAIL_ON=tal,diskretion]
compare: .venv/.ready
	@$(RUN) compare "$(OLD)" "$(NEW)" $(if $(STUDY),--study "$(STUDY)") $(if $(FAIL_ON),--fail-on "$(FAIL_ON)")

# The pages of docs/ that hold the methods against published numbers and known truths.
.PHONY: validate
validate: .venv/.ready
	@.venv/bin/python -m validation

.venv/.ready: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --frozen --quiet && touch $@

.uv/bin/uv:
	@python3 -m venv .uv && .uv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9

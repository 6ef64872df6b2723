"""Two versions of results or report → what changed, and why."""

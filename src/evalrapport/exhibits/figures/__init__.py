"""One module per kind of figure; each has `chart(figure, released, look, width)` and `named`."""

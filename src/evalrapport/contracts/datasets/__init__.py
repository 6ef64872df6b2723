"""The shape of each analysis dataset: columns, types, units, meaning. Data only."""

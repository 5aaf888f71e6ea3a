"""The catalogue of open data: DCAT-AP-SE 3.0.1 for harvesters, at one address for every municipality."""

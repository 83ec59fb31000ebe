"""Form.io form JSON (versions 4 and 5), the e-forms of many national and provincial systems."""

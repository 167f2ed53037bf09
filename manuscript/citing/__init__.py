"""Sources and how they are written down: identifiers, CSL-JSON, reference lists. Pure functions."""

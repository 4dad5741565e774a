"""How results were made, for readers and referees: methods, citation, bundles that can be checked."""

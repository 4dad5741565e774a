"""How far the model can be trusted: stylised facts, published trials, hindcasts, calibration."""

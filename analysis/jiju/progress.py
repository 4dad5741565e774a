"""Progress bars: of the notebook where it has widgets, else of text; that it has none is no news to the user."""

import warnings

from tqdm import TqdmWarning

with warnings.catch_warnings():
    warnings.simplefilter("ignore", TqdmWarning)
    from tqdm.auto import tqdm as tqdm

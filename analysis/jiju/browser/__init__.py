"""The page in the browser with the engine of this machine behind it: `jiju explore`."""

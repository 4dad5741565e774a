"""Open plans as the problems of other packages: EMA workbench, pymoo, Optuna, BoTorch.

`answers` is what all of them ask: outcomes of points, and what is left of limits. Each other module imports its package
at the top and is imported when it is asked for (`OpenPlan` in decisions/open_plans.py). tools/check_partners tries
each with the real package.
"""

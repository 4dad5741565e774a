# The package's public face. Names are sorted; a new one is a line here.
from . import plot as plot
from .ablation import ablate as ablate
from .attribution import attribute as attribute
<<<<<<< HEAD
from .bundle import bundle as bundle
from .bundle_verification import verify_bundle as verify_bundle
from .citation import cite as cite
from .commands import catalogue as catalogue
=======
>>>>>>> b6ae9e1d9207f7311b87dd016fc225634a1f82d7
from .commands import describe as describe
from .commands import list as list
from .commands import replay as replay
from .commands import schema as schema
from .commands import show as show
from .commands import validate as validate
from .commands import verify as verify
from .comparison import compare as compare
from .errors import FileError as FileError
from .errors import InvariantError as InvariantError
from .errors import Problem as Problem
from .errors import ScenarioError as ScenarioError
from .errors import UsageError as UsageError
from .export import export as export
from .files import open as open
from .firm_twins import deadweight as deadweight
from .firm_twins import twins as twins
from .firm_twins import winners as winners
from .frame_tables import table as table
from .hindcasts import hindcast as hindcast
from .indicators import indicator as indicator
from .information import voi as voi
from .methods import methods as methods
from .panels import firms as firms
from .running import merge as merge
from .running import run as run
from .running import sweep as sweep
from .scenario import Scenario as Scenario
from .sensitivity import morris as morris
from .sensitivity import problem as problem
from .sensitivity import sobol as sobol
from .shared_purses import purses as purses
from .tables import channels as channels
from .tables import components as components
from .tables import levers as levers
from .tables import outputs as outputs
from .tables import panel as panel
from .tables import parameters as parameters
from .tables import targets as targets

__version__: str

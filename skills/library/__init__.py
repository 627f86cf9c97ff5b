"""The skills that ship with the project: one file per skill, one frozen value per file."""

from skills.library.chill import CHILL
from skills.library.close import CLOSE
from skills.library.convey import CONVEY
from skills.library.cut import CUT
from skills.library.hand_over import HAND_OVER
from skills.library.heat import HEAT
from skills.library.insert import INSERT
from skills.library.inspect import INSPECT
from skills.library.navigate_to import NAVIGATE_TO
from skills.library.open import OPEN
from skills.library.pick import PICK
from skills.library.place_in import PLACE_IN
from skills.library.place_on import PLACE_ON
from skills.library.pour import POUR
from skills.library.press import PRESS
from skills.library.pull import PULL
from skills.library.push import PUSH
from skills.library.rinse import RINSE
from skills.library.rotate_left import ROTATE_LEFT
from skills.library.rotate_right import ROTATE_RIGHT
from skills.library.slide_left import SLIDE_LEFT
from skills.library.slide_right import SLIDE_RIGHT
from skills.library.stack import STACK
from skills.library.turn_off import TURN_OFF
from skills.library.turn_on import TURN_ON
from skills.library.wait_until import WAIT_UNTIL
from skills.library.wipe import WIPE

SHIPPED = (
    PICK,
    PLACE_ON,
    PLACE_IN,
    OPEN,
    CLOSE,
    TURN_ON,
    TURN_OFF,
    PUSH,
    NAVIGATE_TO,
    HAND_OVER,
    HEAT,
    CHILL,
    RINSE,
    CUT,
    ROTATE_LEFT,
    ROTATE_RIGHT,
    SLIDE_LEFT,
    SLIDE_RIGHT,
    PRESS,
    PULL,
    INSPECT,
    WIPE,
    STACK,
    INSERT,
    WAIT_UNTIL,
    POUR,
    CONVEY,
)
"""Every shipped skill; `cut` is symbols alone: no body carries it out."""

__all__ = [
    "CHILL",
    "CLOSE",
    "CONVEY",
    "CUT",
    "HAND_OVER",
    "HEAT",
    "INSERT",
    "INSPECT",
    "NAVIGATE_TO",
    "OPEN",
    "PICK",
    "PLACE_IN",
    "PLACE_ON",
    "POUR",
    "PRESS",
    "PULL",
    "PUSH",
    "RINSE",
    "ROTATE_LEFT",
    "ROTATE_RIGHT",
    "SHIPPED",
    "SLIDE_LEFT",
    "SLIDE_RIGHT",
    "STACK",
    "TURN_OFF",
    "TURN_ON",
    "WAIT_UNTIL",
    "WIPE",
]

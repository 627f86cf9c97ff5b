"""The skills that ship with the project: one file per skill, one frozen value per file."""

from skills.library.close import CLOSE
from skills.library.open import OPEN
from skills.library.pick import PICK
from skills.library.place_in import PLACE_IN
from skills.library.place_on import PLACE_ON
from skills.library.push import PUSH
from skills.library.turn_off import TURN_OFF
from skills.library.turn_on import TURN_ON

SHIPPED = (PICK, PLACE_ON, PLACE_IN, OPEN, CLOSE, TURN_ON, TURN_OFF, PUSH)

__all__ = ["CLOSE", "OPEN", "PICK", "PLACE_IN", "PLACE_ON", "PUSH", "SHIPPED", "TURN_OFF", "TURN_ON"]

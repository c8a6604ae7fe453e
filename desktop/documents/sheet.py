"""A picture of a page, as it is handed to what recognises its words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How bright each point is, and how many points there are to an inch."""

    grey: Grey
    dots: int

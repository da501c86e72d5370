"""The axes of addresses, by their French names: ``/SLUG/axes/sobriete``."""

from collections.abc import Mapping

from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter, ValidationError

from tracker.domain.vocabulary import Axis

NAMES: Mapping[Axis, str] = {
    Axis.SOBRIETY: "sobriete",
    Axis.ACCESSIBILITY: "accessibilite",
    Axis.TRUST: "confiance",
    Axis.ETHICS: "ethique",
    Axis.GOVERNANCE: "gouvernance",
}
_AXES = {name: axis for axis, name in NAMES.items()}


class AxisConverter(BaseConverter):
    """The converter ``axis`` of addresses; any other name leads nowhere."""

    def to_python(self, value: str) -> Axis:
        """Give the axis.

        Raises:
            ValidationError: for a name that is not one's.
        """
        if value not in _AXES:
            raise ValidationError
        return _AXES[value]

    def to_url(self, value: Axis) -> str:
        """Give the name of an axis in addresses."""
        return NAMES[value]


def understand(state: BlueprintSetupState) -> None:
    """Have ``<axis:…>`` understood by the application that an area is opened in; before the area's addresses."""
    state.app.url_map.converters["axis"] = AxisConverter

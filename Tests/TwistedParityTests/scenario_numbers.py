"""Numbers of a scenario: decimal seconds kept exact, and counted in whole microseconds."""
from decimal import ROUND_HALF_UP, Decimal


class ExactFloat(float):
    """A float that remembers how it was written, so that seconds are never rounded twice."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number


def microseconds(seconds):
    """Seconds as whole microseconds, halves up; what is no number raises TypeError, as Python's arithmetic would."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError("not a number of seconds")
    exact = Decimal(getattr(seconds, "text", None) or repr(seconds))
    return int((exact * 1_000_000).to_integral_value(ROUND_HALF_UP))


def seconds_text(count):
    """Microseconds as seconds in their shortest decimal form: 3000000 is `3`, 2500000 is `2.5`."""
    whole, rest = divmod(int(count), 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")

"""The Mersenne Twister: whole numbers of 32 bits, as NumPy's legacy generator draws them.

Matsumoto and Nishimura, "Mersenne twister" (1998): MT19937.
"""

__all__ = ["MersenneTwister"]

LENGTH, SHIFT = 624, 397
MASK = 0xFFFFFFFF


class MersenneTwister:
    """A stream of random whole numbers below 2**32.

    Args:
        seed: 0 to 2**32 - 1.
    """

    def __init__(self, seed: int) -> None:
        state = []
        word = seed
        for place in range(1, LENGTH + 1):
            state.append(word)
            word = (1812433253 * (word ^ (word >> 30)) + place) & MASK
        self._state = state
        self._place = LENGTH

    def word(self) -> int:
        """Return the next number."""
        if self._place == LENGTH:
            self._twist()
        y = self._state[self._place]
        self._place += 1
        y ^= y >> 11
        y ^= (y << 7) & 0x9D2C5680
        y ^= (y << 15) & 0xEFC60000
        return y ^ (y >> 18)

    def fraction(self) -> float:
        """Return the next number from 0 to 1, itself left out, of 53 random bits."""
        high, low = self.word() >> 5, self.word() >> 6
        return (high * 67108864.0 + low) / 9007199254740992.0

    def below(self, limit: int) -> int:
        """Return the next number from 0 to ``limit``, both possible."""
        if limit == 0:
            return 0
        mask = limit
        for shift in (1, 2, 4, 8, 16):
            mask |= mask >> shift
        while True:
            value = self.word() & mask
            if value <= limit:
                return value

    def _twist(self) -> None:
        state = self._state
        for i in range(LENGTH):
            y = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7FFFFFFF)
            twisted = state[(i + SHIFT) % LENGTH] ^ (y >> 1)
            state[i] = twisted ^ 0x9908B0DF if y & 1 else twisted
        self._place = 0

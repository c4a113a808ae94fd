// Sides of a line.

/** Say how many of the four points are on the right side of something. */
export const onTheirSide = (right) => `${right} of 4 points ${right === 1 ? "is on its" : "are on their"} side`;

// What is written into a drawing, and below it.

/** Write a few signs at a place, so that they can be read on every colour. */
export function label(context, text, x, y, colours) {
  context.font = colours.font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const width = context.measureText(text).width + 8;
  context.fillStyle = colours.paper;
  context.beginPath();
  context.roundRect(x - width / 2, y - 9, width, 18, 4);
  context.fill();
  context.fillStyle = colours.ink;
  context.fillText(text, x, y);
}

/** Say how many of the four points are on the right side of something. */
export const onTheirSide = (right) => `${right} of 4 points ${right === 1 ? "is on its" : "are on their"} side`;

// What is written into a drawing.

/** Write a few signs at a place, so that they can be read on every colour. */
export function label(context, text, x, y, colours) {
  context.font = colours.font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = colours.paper;
  context.lineWidth = 4;
  context.strokeText(text, x, y);
  context.fillStyle = colours.ink;
  context.fillText(text, x, y);
}

/**
 * The square in the middle of a camera picture that is searched for a label, and its size
 * after shrinking: large enough for a small code, small enough to be quick.
 */
export function frame(width: number, height: number, most = 720): { left: number; top: number; size: number; drawn: number } {
  const size = Math.min(width, height);
  return { left: Math.floor((width - size) / 2), top: Math.floor((height - size) / 2), size, drawn: Math.min(size, most) };
}

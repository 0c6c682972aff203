/** In-place radix-2 transform of `count` complex numbers (re, im) starting at `offset`, `stride` apart (Cooley and Tukey 1965). */
export function transform(re: Float64Array, im: Float64Array, offset: number, stride: number, count: number): void {
  for (let i = 1, j = 0; i < count; i++) {
    let bit = count >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) { swap(re, offset + i * stride, offset + j * stride); swap(im, offset + i * stride, offset + j * stride); }
  }
  for (let length = 2; length <= count; length <<= 1) {
    const half = length >> 1, turn = -2 * Math.PI / length;
    for (let k = 0; k < half; k++) {
      const c = Math.cos(turn * k), s = Math.sin(turn * k);
      for (let start = k; start < count; start += length) {
        const a = offset + start * stride, b = a + half * stride;
        const x = re[b]! * c - im[b]! * s, y = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - x; im[b] = im[a]! - y;
        re[a] = re[a]! + x; im[a] = im[a]! + y;
      }
    }
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a]!; values[a] = values[b]!; values[b] = kept;
}

/** log10 of 1 + power of a `size` x `size` box after mean removal and a Hann window; zero frequency at (size/2, size/2). */
export function logPower(box: Float32Array, size: number): Float32Array {
  let sum = 0, n = 0;
  for (const value of box) if (Number.isFinite(value)) { sum += value; n++; }
  const mean = n > 0 ? sum / n : 0;
  const hann = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size));
  const re = new Float64Array(size * size), im = new Float64Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const value = box[y * size + x]!;
      re[y * size + x] = Number.isFinite(value) ? (value - mean) * hann[x]! * hann[y]! : 0;
    }
  }
  for (let y = 0; y < size; y++) transform(re, im, y * size, 1, size);
  for (let x = 0; x < size; x++) transform(re, im, x, size, size);
  const power = new Float32Array(size * size), half = size / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      power[((y + half) % size) * size + (x + half) % size] = Math.log10(1 + re[i]! ** 2 + im[i]! ** 2);
    }
  }
  return power;
}

/** Spacing at offset (kx, ky) from the centre of the power spectrum of a box of `size` pixels; angle of the normal from +x, y upwards. */
export function spacing(kx: number, ky: number, size: number, stepX: number, stepY: number): { d: number; angle: number } {
  const gx = kx / (size * stepX), gy = ky / (size * stepY);
  return { d: 1 / Math.hypot(gx, gy), angle: (Math.atan2(-gy, gx) * 180 / Math.PI + 360) % 180 };
}

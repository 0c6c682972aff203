/** Neighbouring numbers get hues far apart (golden angle) that are as bright as each other to the eye (Oklab, B. Ottosson 2020); #RRGGBB. */
export function hue(value: number): string {
  const angle = value * 2.399963, light = 0.75, a = 0.11 * Math.cos(angle), b = 0.11 * Math.sin(angle);
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3, m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return `#${byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)}${byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)}${
    byte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)}`;
}

/** Linear light to two hexadecimal digits of sRGB. */
function byte(linear: number): string {
  const bent = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, bent))).toString(16).padStart(2, "0");
}

export const mapNames = ["grey", "viridis", "inferno", "magma", "cividis", "cyclic"] as const;
export type MapName = typeof mapNames[number];
export const isMap = (name: string): name is MapName => (mapNames as readonly string[]).includes(name);

// 64 support colours each, as published (viridis, inferno, magma: van der Walt and Smith, CC0; cividis: Nunez, Anderton and Renslow 2018); linear between them.
const supports: Record<Exclude<MapName, "grey" | "cyclic">, string> = {
  viridis:
    "44015446075a470d6047136548186a481d6f482374482878472d7b46327e453781443b844240864045883e49893d4e8a3a538b38588c365c8d34608d32648e" +
    "31688e2f6c8e2d708e2c738e2a778e297b8e277f8e26828e24868e238a8d218e8d20928c1f968b1f9a8a1f9e891fa18721a58523a98326ad812ab07f2fb47c" +
    "35b7793bbb7542be714ac16d52c5695ac86465cb5e6ece5877d15381d34d8bd64695d840a0da39aadc32b5de2bc0df25cae11fd5e21adfe318eae51af4e61e" +
    "fde725",
  inferno:
    "00000402010a04031207051b0b072410092d150b371b0c41210c4a280b532f0a5b3609613d0965440a684a0c6b510e6c59106e5f136e65156e6c186e721a6e" +
    "781c6d7f1e6c85216b8c23699225689827669f2a63a52c60ab2f5eb1325ab73557bf3952c43c4eca404acf4446d44842d94d3dde5238e25734e65d2fea632a" +
    "ed6925f06f20f3761bf57d15f78410f98b0bfa9407fb9b06fca309fcaa0ffcb216fbba1ffac228f9c932f7d13df5d949f4e156f2e865f1ef75f3f586f6fa96" +
    "fcffa4",
  magma:
    "00000402010903031206051a0a08220e0b2b130d34180f3d1d114722115029115a2f116336106b3d0f71440f764a107952137c59157e5f187f651a806b1d81" +
    "721f817822817e24828426818b2981912b81982d809e2f7fa5317eab337cb2357bba3878c03a76c73d73cd4071d3436ed9466bdf4a68e44f64e95462ed5a5f" +
    "f1605df4675cf66e5cf8765cfa7d5efb8560fc8e64fd9668fe9d6cfea571feac76feb47bfebb81fec287feca8dfed194fed89afde0a1fde7a9fceeb0fcf6b8" +
    "fcfdbf",
  cividis:
    "00224e00255400285b002b62002e6a0030700533711235701a386f213b6e273e6e2d416d32436d36466c3b496c3f4c6c444f6c48526c4c556c50576c545a6d" +
    "575d6d5b606e5e636f62656f656870696b716c6e727071737374757777767a7a787e7d788280798683798a86788e8978928c78958f779992779d9576a19975" +
    "a59c74a99f73ada272b1a570b6a96fbaac6dbfb06bc3b369c7b767ccba64d0be62d4c15fd9c55cddc858e1cc55e6d051ead34cefd748f3db42f8df3cfde334" +
    "fee838",
};

/** Colour at `t` in 0..1, each channel 0..255. */
export function colourAt(map: MapName, t: number): [number, number, number] {
  const clamped = Math.min(1, Math.max(0, t));
  if (map === "grey") { const grey = Math.round(clamped * 255); return [grey, grey, grey]; }
  if (map === "cyclic") return hue(clamped);
  const place = clamped * 63, below = Math.min(62, Math.floor(place)), share = place - below;
  const channel = (index: number): number => parseInt(supports[map].slice(index, index + 2), 16);
  return [0, 2, 4].map(offset => Math.round(channel(below * 6 + offset) * (1 - share) + channel(below * 6 + 6 + offset) * share)) as [number, number, number];
}

/** For angles: all hues at one lightness and chroma of Oklab, so that no angle looks brighter (https://bottosson.github.io/posts/oklab). */
function hue(t: number): [number, number, number] {
  const a = 0.11 * Math.cos(2 * Math.PI * t), b = 0.11 * Math.sin(2 * Math.PI * t), lightness = 0.74;
  const [l, m, s] = [[0.3963377774, 0.2158037573], [-0.1055613458, -0.0638541728], [-0.0894841775, -1.291485548]]
    .map(([ofA, ofB]) => (lightness + ofA! * a + ofB! * b) ** 3) as [number, number, number];
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map(value => {
    const bent = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, Math.max(0, bent)));
  }) as [number, number, number];
}

export const css = (map: MapName, invert: boolean): string =>
  `linear-gradient(90deg, ${Array.from({ length: 17 }, (_, i) => `rgb(${colourAt(map, invert ? 1 - i / 16 : i / 16).join(" ")})`).join(", ")})`;

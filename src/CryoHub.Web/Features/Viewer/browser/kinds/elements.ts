/** Colours of the elements as molecular viewers paint them (the Corey-Pauling-Koltun tradition), and covalent radii in angstrom (Cordero and others 2008). */
const known: Record<string, [colour: string, radius: number]> = {
  H: ["FFFFFF", 0.31], Li: ["CC80FF", 1.28], Be: ["C2FF00", 0.96], B: ["FFB5B5", 0.84], C: ["909090", 0.76], N: ["3050F8", 0.71], O: ["FF0D0D", 0.66],
  F: ["90E050", 0.57], Na: ["AB5CF2", 1.66], Mg: ["8AFF00", 1.41], Al: ["BFA6A6", 1.21], Si: ["F0C8A0", 1.11], P: ["FF8000", 1.07], S: ["FFFF30", 1.05],
  Cl: ["1FF01F", 1.02], K: ["8F40D4", 2.03], Ca: ["3DFF00", 1.76], Sc: ["E6E6E6", 1.7], Ti: ["BFC2C7", 1.6], V: ["A6A6AB", 1.53], Cr: ["8A99C7", 1.39],
  Mn: ["9C7AC7", 1.39], Fe: ["E06633", 1.32], Co: ["F090A0", 1.26], Ni: ["50D050", 1.24], Cu: ["C88033", 1.32], Zn: ["7D80B0", 1.22], Ga: ["C28F8F", 1.22],
  Ge: ["668F8F", 1.2], As: ["BD80E3", 1.19], Se: ["FFA100", 1.2], Br: ["A62929", 1.2], Sr: ["00FF00", 1.95], Y: ["94FFFF", 1.9], Zr: ["94E0E0", 1.75],
  Nb: ["73C2C9", 1.64], Mo: ["54B5B5", 1.54], Ag: ["C0C0C0", 1.45], Cd: ["FFD98F", 1.44], In: ["A67573", 1.42], Sn: ["668080", 1.39], Sb: ["9E63B5", 1.39],
  Te: ["D47A00", 1.38], I: ["940094", 1.39], Cs: ["57178F", 2.44], Ba: ["00C900", 2.15], La: ["70D4FF", 2.07], Ce: ["FFFFC7", 2.04], Ta: ["4DA6FF", 1.7],
  W: ["2194D6", 1.62], Pt: ["D0D0E0", 1.36], Au: ["FFD123", 1.36], Pb: ["575961", 1.46], Bi: ["9E4FB5", 1.48],
};

export const elementColour = (element: string): [number, number, number] => {
  const hex = known[element]?.[0] ?? "B0B0B0";
  return [0, 2, 4].map(at => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
};

export const elementRadius = (element: string): number => known[element]?.[1] ?? 1.3;

/** A spectrum with energies in eV that rise. */
export interface Spectrum { energies: readonly number[]; counts: readonly number[] }

/**
 * A reference on the energies of one's own spectrum, straight lines between its channels, scaled to the same counts where both have some;
 * `NaN` beyond its ends, nothing where the two share no energies or one of them holds no counts there.
 */
export function below(own: Spectrum, reference: Spectrum): number[] | undefined {
  const { energies, counts } = reference, step = (energies.at(-1)! - energies[0]!) / (energies.length - 1);
  const placed = own.energies.map(energy => {
    const at = (energy - energies[0]!) / step, left = Math.min(energies.length - 2, Math.floor(at));
    return at < 0 || at > energies.length - 1 ? NaN : counts[left]! + (at - left) * (counts[left + 1]! - counts[left]!);
  });
  let mine = 0, theirs = 0;
  placed.forEach((value, i) => {
    if (!Number.isFinite(value) || !Number.isFinite(own.counts[i])) return;
    mine += own.counts[i]!;
    theirs += value;
  });
  return mine > 0 && theirs > 0 ? placed.map(value => value * mine / theirs) : undefined;
}

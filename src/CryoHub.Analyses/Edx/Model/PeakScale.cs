namespace CryoHub.Analyses.Edx.Model;

/// <summary>
/// Where a photon of an energy stands on the file's energy scale and how wide its peak is: FWHM^2 = FWHM(Mn Ka)^2 + fano (E - 5898.7 eV), Fiori and Newbury's law with the
/// counting of charges left free. Soft photons lose charge at the detector's surface and stand a few eV lower; a share of all photons, set by <paramref name="Tail"/>, is
/// counted with a loss of a share <paramref name="TailLoss"/> of its charge. The file's own scale has no shift and no stretch.
/// </summary>
internal readonly record struct PeakScale(double ShiftEv, double Stretch, double FwhmMn, double FanoEv, double SoftShiftEv, double Tail, double TailLoss)
{
    public const double ManganeseEv = 5898.7;

    private const double FwhmPerSigma = 2.3548200450309493;
    private const double LeastFwhm = 25, SoftEv = 400;

    /// <summary>Width of the peak of incomplete charges, in widths of the peak itself.</summary>
    public const double TailWidth = 1.3;

    /// <summary>What silicon detectors are made for.</summary>
    public static PeakScale Usual { get; } = new(0, 0, 132, 2.5, 0, 0.005, 0.05);

    /// <summary>Share of a line's photons that lose charge; three times <see cref="Tail"/> where silicon absorbs them near its surface.</summary>
    public double TailOf(double ev) => Math.Min(0.5, Tail * (1 + (2 * SiliconDetector.Shallowness(ev))));

    /// <summary>Energy on the file's scale.</summary>
    public double At(double ev) => ev + ShiftEv + (Stretch * ev) + (SoftShiftEv * Math.Exp(-ev / SoftEv));

    public double Fwhm(double ev) => Math.Sqrt(Math.Max(LeastFwhm * LeastFwhm, (FwhmMn * FwhmMn) + (FanoEv * (ev - ManganeseEv))));

    public double Sigma(double ev) => Fwhm(ev) / FwhmPerSigma;

    /// <summary>The seven numbers in order.</summary>
    public double[] ToArray() => [ShiftEv, Stretch, FwhmMn, FanoEv, SoftShiftEv, Tail, TailLoss];

    public static PeakScale From(ReadOnlySpan<double> numbers) => new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
}

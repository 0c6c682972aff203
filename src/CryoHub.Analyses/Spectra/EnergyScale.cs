using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra;

/// <summary>The energy axis of a spectrum in eV; in channels where the file states no unit.</summary>
internal sealed class EnergyScale
{
    private readonly double origin;
    private readonly double step;

    /// <exception cref="ProblemException">The axis is not linear, does not rise, or its unit is no energy.</exception>
    public EnergyScale(Axis axis)
    {
        Channels = checked((int)axis.Size);
        IsCalibrated = axis.IsCalibrated;
        Unit = IsCalibrated ? "eV" : "channels";
        var factor = axis.Unit switch
        {
            "" => 1,
            "eV" => 1,
            "keV" => 1e3,
            "meV" => 1e-3,
            _ => throw ProblemException.Invalid($"The axis \"{axis.Name}\" is in {axis.Unit}; a spectrum needs an energy in eV, keV or meV."),
        };
        (origin, step) = IsCalibrated ? (axis.Origin * factor, axis.Step * factor) : (0, 1);
        if (axis.Values is not null || !(step > 0))
        {
            throw ProblemException.Invalid($"The energy axis must rise in equal steps; this one {(axis.Values is null ? $"has a step of {axis.Step} {axis.Unit}" : "is a list of values")}.");
        }
    }

    public int Channels { get; }

    public bool IsCalibrated { get; }

    /// <summary><c>eV</c> or <c>channels</c>.</summary>
    public string Unit { get; }

    public double Lowest => At(0);

    public double Highest => At(Channels - 1);

    /// <summary>Energy of the middle of a channel.</summary>
    public double At(double channel) => origin + (channel * step);

    /// <summary>The channels whose middle lies from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    /// <exception cref="ProblemException">The window is empty or outside the spectrum.</exception>
    public ChannelRange Window(double from, double to)
    {
        if (!(to > from))
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"The window {from:0.###} to {to:0.###} {Unit} is empty."));
        }

        if (from < Lowest - (step / 2) || to > Highest + step)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"The window {from:0.###} to {to:0.###} {Unit} lies outside the spectrum, which covers {Lowest:0.###} to {Highest:0.###} {Unit}."));
        }

        var first = Math.Max(0, (int)Math.Ceiling(((from - origin) / step) - 1e-9));
        var end = Math.Min(Channels, (int)Math.Ceiling(((to - origin) / step) - 1e-9));
        return end > first
            ? new ChannelRange(first, end - first, At(first - 0.5), At(end - 0.5))
            : throw ProblemException.Invalid(FormattableString.Invariant($"The window {from:0.###} to {to:0.###} {Unit} holds no channel; a channel is {step:0.###} {Unit} wide."));
    }
}

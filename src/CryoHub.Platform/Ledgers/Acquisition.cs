using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Ledgers;

/// <summary>What one acquisition laid down, and where.</summary>
/// <param name="FluencePerM2">Electrons per square metre; <c>null</c> where the record does not tell.</param>
/// <param name="Place">Named place; empty where none is named.</param>
/// <param name="X">Stage position in metres, with <paramref name="Y"/> and <paramref name="Width"/>; <c>null</c> where it is not recorded.</param>
public sealed record Acquisition(ChronicleStep Step, double? FluencePerM2, string Place, double? X, double? Y, double? Width)
{
    private const double ElementaryCharge = 1.602176634e-19;   // C, exact (BIPM, SI brochure, 2019)

    /// <summary>Reads an acquisition's record: the fluence typed, else dose rate × exposure, else probe current × dwell / scan step², else what the detector counted: counts / gain / pixel².</summary>
    public static Acquisition Of(ChronicleStep step) =>
        new(step, Fluence(step), step.Text("place") ?? "", step.Si("stage-x"), step.Si("stage-y"), step.Si("field-width"));

    /// <summary>
    /// True where the two may have hit the same spot: the same named place, or fields of view that overlap. Without place and position (an atlas, a search) it may
    /// have been anywhere, so it counts everywhere.
    /// </summary>
    public bool MayOverlap(Acquisition other)
    {
        if (X is { } x && Y is { } y && Width is { } width && other.X is { } otherX && other.Y is { } otherY && other.Width is { } otherWidth)
        {
            var reach = (width + otherWidth) / 2;
            return Math.Abs(x - otherX) < reach && Math.Abs(y - otherY) < reach;
        }

        return Place.Length == 0 || other.Place.Length == 0 || string.Equals(Place, other.Place, StringComparison.OrdinalIgnoreCase);
    }

    private static double? Fluence(ChronicleStep step)
    {
        if (step.Si("fluence") is { } typed)
        {
            return typed;
        }

        if (step.Si("dose-rate") is { } rate && step.Si("exposure") is { } exposure)
        {
            return rate * exposure;
        }

        if (step.Si("probe-current") is { } current && step.Si("dwell") is { } dwell && step.Si("scan-step") is > 0 and { } pitch)
        {
            return current * dwell / (ElementaryCharge * pitch * pitch);
        }

        return step.Si("counts") is { } counts && step.Si("gain") is > 0 and { } gain && step.Si("pixel-size") is > 0 and { } pixel ? counts / (gain * pixel * pixel) : null;
    }
}

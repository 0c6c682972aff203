using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>Neighbouring strips along the tilt axis: a part of a tomogram that needs nothing of the others.</summary>
/// <param name="First">The first strip.</param>
/// <param name="Count">How many.</param>
/// <param name="Along">Rows of the whole volume along the axis; the last strip may not be full.</param>
internal readonly record struct StripRange(int First, int Count, int Along)
{
    public int FirstRow => First * BackProjection.Strip;

    public int Rows => Math.Min(Count * BackProjection.Strip, Along - FirstRow);
}

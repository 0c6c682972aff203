namespace CryoHub.Formats.Jpk;

/// <summary>Where the curves of one signal of a map are.</summary>
/// <param name="Segment">Number of the segment.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="FirstCurve">Number of the first curve of the grid.</param>
/// <param name="IsBackAndForth">Whether every other row was measured from its end.</param>
internal sealed record JpkMapPlace(int Segment, string Channel, long FirstCurve, bool IsBackAndForth)
{
    /// <summary>Number of the curve at a place of the grid: rows one after the other in the order they were measured.</summary>
    public long Curve(long row, long column, long columns) => FirstCurve + (row * columns) + (IsBackAndForth && row % 2 == 1 ? columns - 1 - column : column);
}

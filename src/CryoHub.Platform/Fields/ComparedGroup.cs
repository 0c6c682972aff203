using CryoHub.Numerics.Statistics;

namespace CryoHub.Platform.Fields;

/// <summary>The values of one level of a factor.</summary>
/// <param name="Units">What counts as independent: the values, or the means of their cells.</param>
/// <param name="Summary">Of the units.</param>
/// <param name="Effect">Against the first group; <c>null</c> for that one, or below two units in either.</param>
public sealed record ComparedGroup(string Label, IReadOnlyList<ComparedValue> Values, IReadOnlyList<double> Units, Summary Summary, Effect? Effect);

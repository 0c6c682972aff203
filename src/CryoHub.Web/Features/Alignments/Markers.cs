using CryoHub.Platform.Results;

namespace CryoHub.Web.Features.Alignments;

/// <summary>Whether a result holds markers that a person can correct.</summary>
internal static class Markers
{
    /// <summary>The name that an alignment gives its table of markers.</summary>
    private const string Table = "Marker positions";

    public static bool AreIn(ResultDetails result) => result.Provenance.AnalysisKey == "tilt-align" && result.Items.Any(item => item.Kind == ResultKind.Table && item.Name == Table);
}

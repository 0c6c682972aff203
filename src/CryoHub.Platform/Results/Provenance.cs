using System.Text.Json;
using CryoHub.Platform.Jobs;

namespace CryoHub.Platform.Results;

/// <summary>Everything needed to get the same numbers again.</summary>
public sealed record Provenance(
    string AnalysisKey, int AnalysisVersion, string SoftwareVersion, JsonElement Parameters, IReadOnlyList<JobInputRow> Inputs, double Seconds, double PeakMemoryMiB,
    string? SubmittedBy, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt);

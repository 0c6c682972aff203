namespace CryoHub.Platform.Jobs;

/// <summary>An analysis to run, already checked against its catalogue: <paramref name="Parameters"/> is the canonical JSON with all defaults filled in.</summary>
/// <param name="Kinds">By role: the kinds of signal that the analysis takes there.</param>
public sealed record SubmitAnalysis(
    Guid ProjectId, string Key, int Version, string Title, string Parameters, IReadOnlyList<JobInputRef> Inputs, IReadOnlyDictionary<string, IReadOnlyList<string>> Kinds);

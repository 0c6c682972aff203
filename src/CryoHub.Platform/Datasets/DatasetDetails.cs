namespace CryoHub.Platform.Datasets;

/// <summary>A data set as its page shows it. <c>MadeBy</c> is the result whose picture or volume it is; what an instrument measured has none.</summary>
/// <param name="CanJudge">The person may call it ground truth.</param>
public sealed record DatasetDetails(
    Guid Id, string Name, Guid ProjectId, string ProjectName, Guid? SampleId, Guid? SessionId, DatasetStatus Status, string Format, string Problem, string Notes,
    string Kind, double? BeamEnergyKeV, IReadOnlyList<string> Elements, DateTimeOffset? AcquiredAt, long SizeBytes, DateTimeOffset CreatedAt, string CreatedBy,
    IReadOnlyList<Crumb> Breadcrumb, IReadOnlyList<SignalRow> Signals, IReadOnlyList<FileRow> Files, ResultLink? MadeBy, TruthMark? Truth, bool CanEdit, bool CanJudge, uint Version);

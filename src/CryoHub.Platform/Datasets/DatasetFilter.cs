namespace CryoHub.Platform.Datasets;

/// <summary>Which data sets are wanted; what is left empty does not restrict.</summary>
public sealed record DatasetFilter
{
    public Guid? ProjectId { get; init; }

    /// <summary>The sample itself, not what was made of it.</summary>
    public Guid? SampleId { get; init; }

    public Guid? SessionId { get; init; }

    public string? Text { get; init; }

    public string? Kind { get; init; }

    /// <summary>Of the sample.</summary>
    public string? Metal { get; init; }

    public double? MinBeamEnergyKeV { get; init; }

    public double? MaxBeamEnergyKeV { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Chemical symbol.</summary>
    public string? Element { get; init; }

    public DatasetStatus? Status { get; init; }

    /// <summary>True: only pictures and volumes of results; false: only what an instrument measured.</summary>
    public bool? Computed { get; init; }

    public DatasetOrder Order { get; init; }

    public bool Descending { get; init; }

    /// <summary>Whether only data sets can have what is asked for; a project, words and a metal others have too.</summary>
    public bool IsOfDatasets =>
        SampleId is not null || SessionId is not null || !string.IsNullOrEmpty(Kind) || MinBeamEnergyKeV is not null || MaxBeamEnergyKeV is not null || From is not null || To is not null
        || !string.IsNullOrEmpty(Element) || Status is not null;
}

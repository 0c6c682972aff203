using CryoHub.Platform.Datasets;

namespace CryoHub.Web.Features.Datasets;

/// <summary>The filter of data sets as a query string.</summary>
public sealed record ListDatasets(
    Guid? ProjectId, Guid? SampleId, Guid? SessionId, string? Text, string? Kind, string? Metal, double? MinBeamEnergyKeV, double? MaxBeamEnergyKeV,
    DateTimeOffset? From, DateTimeOffset? To, string? Element, Named<DatasetStatus>? Status, Named<DatasetOrder>? Order, bool? Descending, bool? Computed)
{
    public DatasetFilter ToFilter() => new()
    {
        ProjectId = ProjectId,
        SampleId = SampleId,
        SessionId = SessionId,
        Text = Text,
        Kind = Kind,
        Metal = Metal,
        MinBeamEnergyKeV = MinBeamEnergyKeV,
        MaxBeamEnergyKeV = MaxBeamEnergyKeV,
        From = From,
        To = To,
        Element = Element,
        Status = Status?.Value,
        Computed = Computed,
        Order = Order?.Value ?? DatasetOrder.Created,
        Descending = Descending ?? false,
    };
}

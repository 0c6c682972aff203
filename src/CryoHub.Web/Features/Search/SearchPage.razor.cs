using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Search;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace CryoHub.Web.Features.Search;

/// <summary>Words and filters lie in the address, so a link finds what the sender found.</summary>
public sealed partial class SearchPage : UserPage
{
    private static readonly IReadOnlyList<string> Kinds = [.. Enum.GetValues<SignalKind>().Select(kind => kind.Key())];

    private Page<SearchHit>? page;

    [Inject]
    private SearchIndex Index { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? Metal { get; set; }

    [SupplyParameterFromQuery]
    private string? Element { get; set; }

    [SupplyParameterFromQuery]
    private string? MinKeV { get; set; }

    [SupplyParameterFromQuery]
    private string? MaxKeV { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private int? Skip { get; set; }

    /// <summary>A form sends empty fields too: they restrict nothing.</summary>
    private bool IsAsked => new[] { Q, Kind, Metal, Element, MinKeV, MaxKeV, From, To }.Any(asked => !string.IsNullOrWhiteSpace(asked));

    protected override async Task LoadAsync() => page = await Index.FindAsync(
        Me,
        new DatasetFilter
        {
            Text = Q,
            Kind = Kind,
            Metal = Metal?.Trim(),
            Element = Element?.Trim(),
            MinBeamEnergyKeV = Number(MinKeV),
            MaxBeamEnergyKeV = Number(MaxKeV),
            From = Day(From),
            To = Day(To)?.AddDays(1),   // the last day counts
        },
        new PageRequest(Skip, 50),
        Ct);

    private static double? Number(string? text) => double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Day(string? text) =>
        DateOnly.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var day) ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private static string Address(SearchHit hit) => hit.Kind switch
    {
        SearchKind.Dataset => $"datasets/{hit.Id}",
        SearchKind.Sample => $"samples/{hit.Id}",
        _ => $"projects/{hit.ProjectId}",
    };
}

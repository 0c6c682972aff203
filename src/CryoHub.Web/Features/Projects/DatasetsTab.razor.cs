using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Trash;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace CryoHub.Web.Features.Projects;

/// <summary>The data sets of a project. Filters, order and page lie in the address, so a link opens what the sender saw.</summary>
public sealed partial class DatasetsTab : UserPage
{
    private static readonly IReadOnlyList<string> Kinds = [.. Enum.GetValues<SignalKind>().Select(kind => kind.Key())];

    private readonly HashSet<Guid> chosen = [];
    private IReadOnlyList<Guid> thrownAway = [];
    private Page<DatasetRow>? page;
    private string text = "";

    [Parameter, EditorRequired]
    public Guid ProjectId { get; set; }

    [Parameter, EditorRequired]
    public bool CanEdit { get; set; }

    [SupplyParameterFromQuery]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? Metal { get; set; }

    [SupplyParameterFromQuery]
    private string? Element { get; set; }

    [SupplyParameterFromQuery]
    private double? MinKeV { get; set; }

    [SupplyParameterFromQuery]
    private double? MaxKeV { get; set; }

    /// <summary>"computed": pictures and volumes of results; "all": those too; otherwise what instruments measured.</summary>
    [SupplyParameterFromQuery]
    private string? Origin { get; set; }

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    [SupplyParameterFromQuery]
    private string? Order { get; set; }

    [SupplyParameterFromQuery]
    private bool? Descending { get; set; }

    [SupplyParameterFromQuery]
    private int? Skip { get; set; }

    private bool IsFiltered => Text is not null || Kind is not null || Metal is not null || Element is not null || MinKeV is not null || MaxKeV is not null || Origin is not null;

    private string RunLink => $"projects/{ProjectId}/run?{string.Join('&', chosen.Select(id => $"input={id}"))}";

    protected override async Task LoadAsync()
    {
        text = Text ?? "";
        var filter = new DatasetFilter
        {
            ProjectId = ProjectId,
            Text = Text,
            Kind = Kind,
            Metal = Metal,
            Element = Element,
            MinBeamEnergyKeV = MinKeV,
            MaxBeamEnergyKeV = MaxKeV,
            Computed = Origin switch { "computed" => true, "all" => null, _ => false },
            Order = Enum.TryParse<DatasetOrder>(Order, ignoreCase: true, out var order) ? order : DatasetOrder.Created,
            Descending = Descending ?? false,
        };
        page = await Datasets.ListAsync(Me, filter, new PageRequest(Skip, 100), Ct);
        Follow(ProjectId);
    }

    private void Filter() => Set(nameof(Text), text);

    private void Set(string name, object? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = value is string { Length: > 0 } words ? words : null, [nameof(Skip)] = null }));

    private Task ThrowAwayAsync() => DoAsync(async () =>
    {
        foreach (var id in chosen)
        {
            await Trash.ThrowAwayAsync(Me, TrashKind.Dataset, id, Ct);
        }

        thrownAway = [.. chosen];
        chosen.Clear();
    });

    private Task RestoreAsync() => DoAsync(async () =>
    {
        foreach (var id in thrownAway)
        {
            await Trash.RestoreAsync(Me, TrashKind.Dataset, id, Ct);
        }

        thrownAway = [];
    });
}

using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Fields;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Projects;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace CryoHub.Web.Features.Fields;

/// <summary>All data sets with any recorded field as column, filter, group and order.</summary>
public sealed partial class TablePage : UserPage
{
    private static readonly (string Sign, string Words)[] Signs =
        [("=", "is"), ("!=", "is not"), ("~", "contains"), ("<", "below"), ("<=", "at most"), (">", "above"), (">=", "at least"), ("?", "is recorded"), ("!", "is missing")];

    private FieldPage? found;
    private IReadOnlyList<LabRow> labs = [];
    private IReadOnlyList<ProjectRow> projects = [];
    private string filterField = "";
    private string filterSign = "=";
    private string filterValue = "";

    [SupplyParameterFromQuery]
    public Guid? ProjectId { get; set; }

    [SupplyParameterFromQuery]
    public Guid? LabId { get; set; }

    [SupplyParameterFromQuery]
    public string[]? Column { get; set; }

    [SupplyParameterFromQuery]
    public string[]? Filter { get; set; }

    [SupplyParameterFromQuery]
    public string? Group { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public bool? Descending { get; set; }

    [SupplyParameterFromQuery]
    public int? Skip { get; set; }

    private string Scope => ProjectId is { } project ? $"project:{project}" : LabId is { } lab ? $"lab:{lab}" : "";

    private IEnumerable<string> Shown => found?.Columns.Select(column => column.Key) ?? Column ?? [];

    private string Csv => $"api/datasets/table.csv{new Uri(Navigation.Uri).Query}";

    private string Compare => Navigation.GetUriWithQueryParameters("compare", new Dictionary<string, object?> { ["projectId"] = ProjectId, ["labId"] = LabId, ["filter"] = Filter });

    private string Example => filterField.Length > 0 && RecordedFields.Of(filterField) is { IsNumber: true } known ? $"1 {known.Unit}" : "value";

    protected override async Task LoadAsync()
    {
        try
        {
            (found, Refusal) = (await Table.ReadAsync(Me, new TableQuery(ProjectId, LabId, Column, Filter, Group, Sort, Descending).ToFields(), new PageRequest(Skip, 100), Ct), null);
        }
        catch (ProblemException problem)
        {
            (found, Refusal) = (null, problem.Message);
        }

        labs = (await Labs.ListAsync(Me, new PageRequest(0, 200), Ct)).Items;
        projects = (await Projects.ListAsync(Me, null, new PageRequest(0, 200), Ct)).Items;
    }

    private static string Sentence(string filter)
    {
        try
        {
            var read = FieldFilter.Parse(filter);
            return $"{read.Field.Title} {Signs.First(pair => filter[read.Field.Key.Length..].TrimStart().StartsWith(pair.Sign, StringComparison.Ordinal) && FieldFilter.Parse($"{read.Field.Key}{pair.Sign}{read.Text}").Test == read.Test).Words} {read.Text}".TrimEnd();
        }
        catch (ProblemException)
        {
            return filter;   // the page says above what is wrong with it
        }
    }

    private void ChooseScope(ChangeEventArgs change)
    {
        var (kind, id) = $"{change.Value}".Split(':') is [var what, var which] ? (what, Guid.Parse(which)) : ("", Guid.Empty);
        Navigate(new() { ["projectId"] = kind == "project" ? id : null, ["labId"] = kind == "lab" ? id : null });
    }

    private void AddFilter()
    {
        if (filterField.Length > 0)
        {
            var added = $"{filterField}{filterSign}{(filterSign is "?" or "!" ? "" : filterValue)}";
            filterValue = "";
            Go("filter", (Filter ?? []).Append(added));
        }
    }

    private void Go(string what, IEnumerable<string> values) => Navigate(new() { [what] = values.Where(value => value.Length > 0).Distinct().ToArray() });

    private void Go(string what, string value) => Navigate(new() { [what] = value.Length > 0 ? value : null });

    private void Navigate(Dictionary<string, object?> parts)
    {
        parts["skip"] = null;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(parts));
    }

    private string? Sorted(string key) => (Sort ?? RecordedFields.Name) == key ? Descending is true ? "descending" : "ascending" : null;

    private string By(string key) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["sort"] = key,
        ["descending"] = Sorted(key) == "ascending" ? true : null as bool?,
        ["skip"] = null,
    });
}

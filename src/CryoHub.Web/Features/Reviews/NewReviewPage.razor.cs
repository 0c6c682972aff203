using CryoHub.Platform.Datasets;
using CryoHub.Platform.Reviews;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace CryoHub.Web.Features.Reviews;

/// <summary>Who labels which part of a picture until when.</summary>
public sealed partial class NewReviewPage : UserPage
{
    private readonly HashSet<Guid> chosen = [];

    private DatasetDetails? dataset;
    private IReadOnlyList<(Guid Id, string Name)> people = [];
    private string title = "";
    private string instruction = "";
    private int signal;
    private bool isBlind = true;
    private bool isPart;
    private int x;
    private int y;
    private int z;
    private int width;
    private int height;
    private int depth = 1;
    private DateOnly? due;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private DatasetCatalog Datasets { get; set; } = null!;

    [Inject]
    private ReviewList Reviews { get; set; } = null!;

    [Inject]
    private ReviewDesk Desk { get; set; } = null!;

    private IReadOnlyList<SignalRow> Pictures => [.. dataset!.Signals.Where(row => row.Shape.Count > 1)];

    private SignalRow Shown => Pictures.FirstOrDefault(row => row.Index == signal) ?? Pictures[0];

    protected override async Task LoadAsync()
    {
        if (dataset is not null)
        {
            return;   // what somebody has typed stays
        }

        dataset = await Datasets.FindAsync(Me, Id, Ct);
        if (dataset is null)
        {
            return;
        }

        people = await Reviews.PeopleAsync(Me, dataset.ProjectId, Ct);
        if (Pictures.Count > 0)
        {
            (signal, width, height) = (Pictures[0].Index, (int)Pictures[0].Shape[^1], (int)Pictures[0].Shape[^2]);
        }
    }

    private void Choose(Guid person, bool isIn)
    {
        if (!(isIn ? chosen.Add(person) : chosen.Remove(person)))
        {
            return;
        }

        Refusal = chosen.Count > ReviewDesk.MostReviewers ? $"Up to {ReviewDesk.MostReviewers} people can be compared; {chosen.Count} are chosen." : null;
    }

    private Task GiveAsync() => DoAsync(async () =>
    {
        var part = isPart ? new ReviewPart(x, y, z, width, height, depth) : null;
        if (await Desk.MakeAsync(Me, Id, signal, new ReviewText(title, instruction, isBlind, part, due, [.. chosen]), Ct) is { } made)
        {
            Navigation.NavigateTo($"reviews/{made}");
        }
    });
}

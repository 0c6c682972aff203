using CryoHub.Platform.Messages;
using CryoHub.Platform.Reviews;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace CryoHub.Web.Features.Reviews;

/// <summary>One review: what is asked, how far everybody is, and what the comparison found.</summary>
public sealed partial class ReviewPage : UserPage
{
    private ReviewRow? review;
    private bool isWaiting;
    private IDisposable? jobs;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ReviewList Reviews { get; set; } = null!;

    [Inject]
    private ReviewDesk Desk { get; set; } = null!;

    [Inject]
    private ReviewComparisons Comparisons { get; set; } = null!;

    [Inject]
    private LocalNews Heard { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private ReviewerRow? Mine => review!.Reviewers.FirstOrDefault(one => one.IsMe);

    private string Part => review!.IsWhole
        ? "everything"
        : $"columns {review.Part.X} to {review.Part.X + review.Part.Width - 1}, rows {review.Part.Y} to {review.Part.Y + review.Part.Height - 1}"
            + (review.Part.Depth > 1 || review.Part.Z > 0 ? $", slices {review.Part.Z} to {review.Part.Z + review.Part.Depth - 1}" : "");

    protected override async Task LoadAsync()
    {
        review = await Reviews.FindAsync(Me, Id, Ct);
        if (review is not null)
        {
            Follow<ReviewsChanged>(change => change.ProjectId == review.ProjectId);
            jobs ??= Heard.Subscribe<JobChanged>(job => job.ProjectId == review.ProjectId && job.Fraction is 1 ? InvokeAsync(GoOnAsync) : Task.CompletedTask);
        }
    }

    protected override void Leave() => jobs?.Dispose();

    private Task CompareAsync() => DoAsync(async () => isWaiting = await Comparisons.CompareAsync(Me, Id, Ct) is { Waiting: > 0 });

    /// <summary>A job of the project has ended: labels were read, or the comparison is there.</summary>
    private async Task GoOnAsync()
    {
        if (isWaiting)
        {
            await CompareAsync();
        }
        else
        {
            await DoAsync(() => Task.CompletedTask);
        }

        StateHasChanged();
    }

    private string View(Guid layer) => $"datasets/{review!.DatasetId}/view?signal={review.SignalIndex}&frame={review.Part.Z}&paint={layer}";
}

using System.Globalization;
using CryoHub.Platform;
using CryoHub.Platform.Comments;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Messages;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace CryoHub.Web.Features.Comments;

public sealed partial class CommentPanel : UserPage
{
    private const int Shown = 20;

    private Page<ThreadRow>? threads;
    private bool mayWrite;
    private bool withResolved;
    private int skip;
    private Guid loaded;

    private MentionDraft draft = new();
    private bool pointsAt;
    private int signal;
    private double x;
    private double y;
    private int frame;

    private Guid? answering;
    private MentionDraft answer = new();

    [Parameter, EditorRequired]
    public Guid DatasetId { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<SignalRow> Signals { get; set; } = [];

    private SignalRow[] Pictures => [.. Signals.Where(row => row.Shape.Count > 1)];

    protected override async Task LoadAsync()
    {
        if (loaded != DatasetId)
        {
            (loaded, skip, answering, signal) = (DatasetId, 0, null, Pictures is [var first, ..] ? first.Index : 0);
        }

        mayWrite = await Threads.MayWriteAsync(Me, DatasetId, Ct);
        threads = await Threads.ListAsync(Me, DatasetId, withResolved ? null : false, new PageRequest(skip, Shown), Ct);
        Follow<CommentsChanged>(change => change.DatasetId == DatasetId);
    }

    private static string Where(CommentPlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"Signal {place.Signal}, x {place.X:0.#} px, y {place.Y:0.#} px{(place.Frame > 0 ? $", frame {place.Frame}" : "")}");

    /// <summary>The viewer's own words for a place.</summary>
    private static string Query(CommentPlace place) => string.Create(CultureInfo.InvariantCulture, $"signal={place.Signal}&x={place.X}&y={place.Y}&frame={place.Frame}");

    private async Task<IReadOnlyList<PersonName>> FindPeopleAsync(string name) => mayWrite ? await People.FindAsync(Me, DatasetId, name, Ct) ?? [] : [];

    private Task StartAsync() => DoAsync(async () =>
    {
        await Desk.StartAsync(Me, DatasetId, new CommentText(draft.Stored, pointsAt ? new CommentPlace(signal, x, y, frame) : null), Ct);
        (draft, pointsAt, skip) = (new(), false, 0);
    });

    private Task AnswerAsync(Guid thread) => DoAsync(async () =>
    {
        await Desk.AnswerAsync(Me, thread, answer.Stored, Ct);
        answering = null;
    });

    private Task ResolveAsync(ThreadRow thread) => DoAsync(() => Desk.ResolveAsync(Me, thread.First.Id, thread.ResolvedAt is null, Ct));

    private Task RemoveAsync(CommentRow comment) => DoAsync(() => Desk.RemoveAsync(Me, comment.Id, Ct));

    private async Task RewordAsync(CommentRow comment, string words)
    {
        var change = Change.Done;
        await DoAsync(async () => change = await Desk.RewordAsync(Me, comment.Id, words, comment.Version, Ct));
        Refusal ??= change == Change.Done ? null : "This comment was changed in the meantime; it is shown as it is now, and your words were not saved.";
    }

    private Task FirstPageAsync() => TurnAsync(-skip);

    private Task TurnAsync(int by) => DoAsync(() =>
    {
        skip = Math.Max(0, skip + by);
        return Task.CompletedTask;
    });
}

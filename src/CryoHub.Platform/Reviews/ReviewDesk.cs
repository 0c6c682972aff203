using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Painting;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Reviews;

/// <summary>Gives out review tasks and takes the labels in. An editor gives them out; the one who did and the project's managers compare and close them.</summary>
public sealed class ReviewDesk(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider time)
{
    public const int LongestInstruction = 4000;

    /// <summary>People of one task: so many can be compared.</summary>
    public const int MostReviewers = 6;

    /// <summary>Makes the task and a layer for each of its people; <c>null</c> where the signal cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden; or Invalid, with the reason.</exception>
    public async Task<Guid?> MakeAsync(Guid userId, Guid datasetId, int signalIndex, ReviewText text, CancellationToken ct)
    {
        var title = Required.Name(text.Title);
        var people = (text.Assignees ?? []).Distinct().ToList();
        if (people.Count is < 1 or > MostReviewers || (text.IsBlind && people.Count < 2))
        {
            throw ProblemException.Invalid($"A review is given to 1 to {MostReviewers} people, a blind one to at least 2; {people.Count} are named.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        if (canvas.Role < ProjectRole.Editor)
        {
            throw new ProblemException(ProblemKind.Forbidden, "Giving out reviews takes an editor of the project.");
        }

        var names = await db.Users.Where(u => people.Contains(u.Id) && db.ProjectAccess.Any(a => a.ProjectId == canvas.ProjectId && a.UserId == u.Id && a.Role >= ProjectRole.Annotator))
            .ToDictionaryAsync(u => u.Id, u => u.DisplayName, ct);
        if (names.Count < people.Count)
        {
            throw ProblemException.Invalid($"{people.Count - names.Count} of {people.Count} people named may not annotate in this project; share it with them first.");
        }

        var part = PartOf(text.Part, canvas);
        var task = new ReviewTask
        {
            Id = Guid.CreateVersion7(),
            ProjectId = canvas.ProjectId,
            DatasetId = datasetId,
            SignalIndex = signalIndex,
            Title = title,
            Instruction = Required.AtMost(text.Instruction, LongestInstruction, "The instruction"),
            IsBlind = text.IsBlind,
            Left = part.X,
            Top = part.Y,
            First = part.Z,
            Width = part.Width,
            Height = part.Height,
            Depth = part.Depth,
            DueOn = text.DueOn,
            CreatedBy = userId,
            CreatedAt = time.GetUtcNow(),
        };
        foreach (var person in people)
        {
            var layer = await PaintLayers.NewAsync(db, userId, canvas, Shortened($"{title}, {names[person]}"), time.GetUtcNow(), ct);
            task.Assignments.Add(new ReviewAssignment { TaskId = task.Id, UserId = person, LayerId = layer.Id, LabelsId = Guid.CreateVersion7() });
            db.Add(layer);
        }

        db.Add(task);
        await db.SaveChangesAsync(ct);
        await TellAsync(task.ProjectId, ct);
        return task.Id;
    }

    /// <summary>Ends one's own part: the layer stays as it is from now on. Doing it twice changes nothing.</summary>
    public Task<Change> HandInAsync(Guid userId, Guid taskId, CancellationToken ct) => PartAsync(
        userId, taskId, (_, mine, _) =>
        {
            mine.HandedInAt ??= time.GetUtcNow();
            return Change.Done;
        },
        ct);

    /// <summary>Opens one's own part again. Conflict where the others' labels of a blind task can be seen already.</summary>
    public Task<Change> TakeBackAsync(Guid userId, Guid taskId, CancellationToken ct) => PartAsync(
        userId, taskId, (task, mine, layer) =>
        {
            layer.RequireNoTruth();
            if (task.IsBlind && task.Assignments.All(part => part.HandedInAt is not null))
            {
                throw new ProblemException(ProblemKind.Conflict, "All have handed in and see each other's labels; a blind part can no longer be taken back.");
            }

            (mine.HandedInAt, mine.LabelsId) = (null, Guid.CreateVersion7());   // what was compared before stays what it was
            return Change.Done;
        },
        ct);

    /// <summary>Ends the task; what was painted can be seen, and nothing more is handed in.</summary>
    public Task<Change> CloseAsync(Guid userId, Guid taskId, CancellationToken ct) => LeadAsync(userId, taskId, task => task.ClosedAt ??= time.GetUtcNow(), ct);

    /// <summary>Notes which job compares the labels.</summary>
    public Task<Change> ComparedAsync(Guid userId, Guid taskId, Guid jobId, CancellationToken ct) => LeadAsync(userId, taskId, task => task.ComparisonId = jobId, ct);

    private async Task<Change> PartAsync(Guid userId, Guid taskId, Func<ReviewTask, ReviewAssignment, PaintLayer, Change> change, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await ReviewList.Visible(db, userId).AnyAsync(t => t.Id == taskId, ct))
        {
            return Change.Absent;
        }

        // The task's row first, then the layer's: whoever paints holds the latter, and two who hand in at once take turns.
        var task = (await db.ReviewTasks.FromSql($"select * from review_tasks where id = {taskId} for update").Include(t => t.Assignments).ToListAsync(ct)).Single();
        if (task.Assignments.Find(part => part.UserId == userId) is not { } mine)
        {
            return Change.Forbidden;
        }

        if (task.ClosedAt is not null)
        {
            throw new ProblemException(ProblemKind.Conflict, "The review is closed.");
        }

        var layer = (await db.PaintLayers.FromSql($"select * from paint_layers where id = {mine.LayerId} for update").ToListAsync(ct)).Single();
        var done = change(task, mine, layer);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await TellAsync(task.ProjectId, ct);
        return done;
    }

    private async Task<Change> LeadAsync(Guid userId, Guid taskId, Action<ReviewTask> change, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await ReviewList.Visible(db, userId).SingleOrDefaultAsync(t => t.Id == taskId, ct) is not { } task)
        {
            return Change.Absent;
        }

        if (!await ReviewList.LedBy(db, userId).AnyAsync(t => t.Id == taskId, ct))
        {
            return Change.Forbidden;
        }

        change(task);
        await db.SaveChangesAsync(ct);
        await TellAsync(task.ProjectId, ct);
        return Change.Done;
    }

    private static ReviewPart PartOf(ReviewPart? part, Canvas canvas)
    {
        var (width, height, depth) = (canvas.X.Size, canvas.Y.Size, canvas.Frames);
        if (part is null)
        {
            return new(0, 0, 0, checked((int)width), checked((int)height), checked((int)depth));
        }

        var isInside = part is { X: >= 0, Y: >= 0, Z: >= 0, Width: > 0, Height: > 0, Depth: > 0 } && (long)part.X + part.Width <= width && (long)part.Y + part.Height <= height && (long)part.Z + part.Depth <= depth;
        return isInside ? part : throw ProblemException.Invalid(
            $"The part of {part.Width} × {part.Height} × {part.Depth} from column {part.X}, row {part.Y}, slice {part.Z} lies outside the picture of {width} × {height} × {depth}.");
    }

    private static string Shortened(string name) => name.Length <= 200 ? name : name[..199] + "…";

    private Task TellAsync(Guid projectId, CancellationToken ct) => news.PublishAsync(new ReviewsChanged(projectId), ct);
}

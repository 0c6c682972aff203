using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CryoHub.Imaging.Shapes;
using CryoHub.Platform;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Comments;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labels;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Limits;
using CryoHub.Platform.Notices;
using CryoHub.Platform.Painting;
using CryoHub.Platform.Pairs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Recipes;
using CryoHub.Platform.Results;
using CryoHub.Platform.Reviews;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Sessions;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Users;
using CryoHub.Platform.Workflows;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.TestKit;

/// <summary>Puts people, labs and data straight into the database, past all rules, so that a test can begin where it is interesting.</summary>
public sealed class Scene(IDbContextFactory<CryoHubDb> dbs)
{
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public async Task<Guid> PersonAsync(string name, bool administrator = false)
    {
        var email = $"{name}-{Guid.CreateVersion7():n}@example.org";
        var id = Guid.CreateVersion7();
        return await AddAsync(
            new User
            {
                Id = id,
                DisplayName = name,
                UserName = email,
                NormalizedUserName = email.ToUpperInvariant(),
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                IsAdministrator = administrator,
                SecurityStamp = "stamp",
                CreatedAt = Then,
            },
            id);
    }

    public Task<Guid> LabAsync(params (Guid Person, LabRole Role)[] members) => LabAsync(null, members);

    public async Task<Guid> LabAsync(long? quotaBytes, params (Guid Person, LabRole Role)[] members)
    {
        var lab = new Lab { Id = Guid.CreateVersion7(), Name = "Lab", QuotaBytes = quotaBytes, CreatedAt = Then };
        lab.Memberships.AddRange(members.Select(m => new Membership { LabId = lab.Id, UserId = m.Person, Role = m.Role, Since = Then }));
        return await AddAsync(lab, lab.Id);
    }

    public Task<Guid> MemberAsync(Guid labId, Guid personId, LabRole role) => AddAsync(new Membership { LabId = labId, UserId = personId, Role = role, Since = Then }, personId);

    public Task<Guid> ProjectAsync(Guid labId, string name = "Project", string notes = "", long? quotaBytes = null)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new Project { Id = id, LabId = labId, Name = name, Notes = notes, QuotaBytes = quotaBytes, CreatedAt = Then }, id);
    }

    public Task<Guid> ShareAsync(Guid projectId, ProjectRole role, Guid? personId = null, Guid? labId = null)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new ProjectShare { Id = id, ProjectId = projectId, UserId = personId, LabId = labId, Role = role, CreatedAt = Then }, id);
    }

    public Task<Guid> SampleAsync(Guid projectId, string name = "Sample", Guid? parentId = null, string metal = "", DateTimeOffset? deletedAt = null)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(
            new Sample { Id = id, ProjectId = projectId, Name = name, ParentId = parentId, Metal = metal, CreatedAt = Then, DeletedAt = deletedAt }, id);
    }

    public Task<Guid> PairAsync(Guid projectId, Guid controlId, Guid treatedId, PairFactor factor = PairFactor.Wash)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new SamplePair { Id = id, ProjectId = projectId, ControlId = controlId, TreatedId = treatedId, Factor = factor, CreatedAt = Then }, id);
    }

    public Task<Guid> StepAsync(Guid projectId, Guid sampleId, string kind = "wash")
    {
        var id = Guid.CreateVersion7();
        var step = new Step { Id = id, ProjectId = projectId, Kind = kind, StartedAt = Then, EndedAt = Then, CreatedAt = Then };
        step.Samples.Add(new StepSample { StepId = id, SampleId = sampleId, Role = StepRole.Subject });
        return AddAsync(step, id);
    }

    /// <summary>An acquisition of 1000 e/Å² that took the data set.</summary>
    public async Task<Guid> AcquisitionAsync(Guid projectId, Guid sampleId, Guid datasetId)
    {
        var id = Guid.CreateVersion7();
        var step = new Step { Id = id, ProjectId = projectId, Kind = StepKinds.Acquisition, StartedAt = Then, EndedAt = Then, CreatedAt = Then, Values = Json("""{ "fluence": { "typed": "1000 e/Å²", "si": 1e23 } }""") };
        step.Samples.Add(new StepSample { StepId = id, SampleId = sampleId, Role = StepRole.Subject });
        step.Datasets.Add(new StepDataset { StepId = id, DatasetId = datasetId });
        return await AddAsync(step, id);
    }

    public Task<Guid> LimitAsync(Guid labId)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new LabLimit { Id = id, LabId = labId, Kind = LimitKind.Fluence, Subject = "LiF", Value = 2e22, Typed = "200 e/Å²", Source = "own series" }, id);
    }

    public Task<Guid> RecipeAsync(Guid projectId, Guid userId)
    {
        var id = Guid.CreateVersion7();
        var recipe = new Recipe { Id = id, ProjectId = projectId, AnalysisKey = "volume-segment", AnalysisVersion = 1, Name = "Otsu", Parameters = JsonDocument.Parse("{}"), SavedBy = userId, SavedAt = Then };
        return AddAsync(recipe, id);
    }

    public Task<Guid> RunAsync(Guid projectId, Guid sampleId)
    {
        var id = Guid.CreateVersion7();
        var template = JsonSerializer.SerializeToDocument(new { Key = "t", Version = 1, Title = "T", Summary = "", Steps = new[] { new { Kind = "note", Title = "Look", Instruction = "", Fields = Array.Empty<int>(), Checks = Array.Empty<string>() } } }, JsonSerializerOptions.Web);
        return AddAsync(new WorkflowRun { Id = id, ProjectId = projectId, SampleId = sampleId, Template = template, Title = "T", CreatedAt = Then }, id);
    }

    public Task<Guid> SessionAsync(Guid projectId, string name = "Session")
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new MicroscopeSession { Id = id, ProjectId = projectId, Name = name, CreatedAt = Then }, id);
    }

    public Task<Guid> DatasetAsync(Guid projectId, string name = "Data set", Guid? sampleId = null, Action<Dataset>? also = null, string kind = "image")
    {
        var id = Guid.CreateVersion7();
        var dataset = new Dataset { Id = id, ProjectId = projectId, Name = name, SampleId = sampleId, Status = DatasetStatus.Ready, Kind = kind, CreatedAt = Then };
        dataset.Signals.Add(new Signal
        {
            DatasetId = id,
            Name = name,
            Kind = kind,
            PixelType = "uint16",
            Shape = [512, 512],
            Axes = Json("""[{"name":"y","size":512,"unit":"nm","role":"space"},{"name":"x","size":512,"unit":"nm","role":"space"}]"""),
            Metadata = Json("{}"),
            Original = Json("{}"),
            Statistics = Json("{}"),
            ZarrPrefix = $"datasets/{id}/0.zarr",
            ThumbnailKey = $"datasets/{id}/0.png",
        });
        also?.Invoke(dataset);
        return AddAsync(dataset, id);
    }

    /// <summary>A point on the first signal of a data set, of revision 1.</summary>
    public async Task<Guid> ShapeAsync(Guid projectId, Guid datasetId, Guid personId)
    {
        var layer = AnnotationLayer.IdOf(datasetId, 0);
        await AddAsync(new AnnotationLayer { Id = layer, ProjectId = projectId, DatasetId = datasetId, Sequence = 1 }, layer);
        var id = Guid.CreateVersion7();
        await AddAsync(
            new Shape { Id = id, ProjectId = projectId, LayerId = layer, Revision = 1, Sequence = 1, Kind = ShapeKind.Point, Coordinates = [1, 2], RingLengths = [2], ChangedBy = personId, CreatedAt = Then, ChangedAt = Then }, id);
        return await AddAsync(
            new ShapeVersion { ShapeId = id, Revision = 1, Sequence = 1, Kind = ShapeKind.Point, Coordinates = [1, 2], RingLengths = [2], ChangedBy = personId, ChangedAt = Then }, id);
    }

    public Task<Guid> CommentAsync(Guid projectId, Guid datasetId, Guid personId)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new Comment { Id = id, ProjectId = projectId, DatasetId = datasetId, Text = "Is this frost?", WrittenBy = personId, WrittenAt = Then }, id);
    }

    /// <summary>Tells somebody that they are mentioned.</summary>
    public Task<Guid> NoticeAsync(Guid commentId, Guid readerId)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new Notice { Id = id, Kind = NoticeKind.Mention, CommentId = commentId, UserId = readerId, ByUserId = readerId, At = Then }, id);
    }

    /// <summary>A painted layer of 512 x 512 with labels 1 and 2; nothing of it is stored but one block's place.</summary>
    public async Task<Guid> PaintAsync(Guid projectId, Guid datasetId, Guid personId)
    {
        var layer = new PaintLayer
        {
            Id = Guid.CreateVersion7(),
            ProjectId = projectId,
            DatasetId = datasetId,
            Name = "Interphase",
            Width = 512,
            Height = 512,
            Depth = 1,
            Sequence = 1,
            CreatedBy = personId,
            CreatedAt = Then,
            Labels = { new PaintLabel { Value = 1, Name = "Inner SEI", Colour = "#28B5FA" }, new PaintLabel { Value = 2, Name = "Metal", Colour = "#8567FA" } },
        };
        await AddAsync(layer, layer.Id);
        return await AddAsync(new PaintBlock { LayerId = layer.Id, Sequence = 1 }, layer.Id);
    }

    /// <summary>A review with one part, which is not handed in.</summary>
    public Task<Guid> ReviewAsync(Guid projectId, Guid datasetId, Guid layerId, Guid personId)
    {
        var task = new ReviewTask { Id = Guid.CreateVersion7(), ProjectId = projectId, DatasetId = datasetId, Title = "Review", Width = 512, Height = 512, Depth = 1, CreatedBy = personId, CreatedAt = Then };
        task.Assignments.Add(new ReviewAssignment { TaskId = task.Id, UserId = personId, LayerId = layerId, LabelsId = Guid.CreateVersion7() });
        return AddAsync(task, task.Id);
    }

    public Task<Guid> JobAsync(Guid projectId)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new Job { Id = id, ProjectId = projectId, Kind = JobKinds.Analysis, AnalysisKey = "fft-peaks", Title = "Job", CreatedAt = Then }, id);
    }

    /// <summary>A result with a file (item 0) and a picture (item 1).</summary>
    public async Task<Guid> ResultAsync(Guid projectId)
    {
        var id = Guid.CreateVersion7();
        var result = new Result { Id = id, JobId = await JobAsync(projectId), ProjectId = projectId, Title = "Result", CreatedAt = Then };
        result.Items.Add(new ResultItem { ResultId = id, Index = 0, Kind = ResultKind.File, Name = "a.csv", Content = Json("{}"), ObjectKey = $"results/{id}/a.csv" });
        result.Items.Add(new ResultItem
        {
            ResultId = id,
            Index = 1,
            Kind = ResultKind.Image,
            Name = "map",
            Content = Json("{}"),
            ObjectKey = $"results/{id}/1.zarr",
            ThumbnailKey = $"results/{id}/1.png",
        });
        return await AddAsync(result, id);
    }

    public Task<Guid> LabelAsync(Guid labId, string code, Guid? sampleId = null)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new Label { Id = id, LabId = labId, Code = code, SampleId = sampleId, CreatedAt = Then }, id);
    }

    public Task<Guid> PlaceAsync(Guid labId, PlaceKind kind, string name, Guid? parentId = null)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new StoragePlace { Id = id, LabId = labId, Kind = kind, Name = name, ParentId = parentId, Position = parentId is null ? 0 : 1, Capacity = 12, CreatedAt = Then }, id);
    }

    /// <summary>An item in a person's hands, offered to the whole lab.</summary>
    public async Task<Guid> HandoverAsync(Guid labId, Guid sampleId, Guid holderId)
    {
        var id = Guid.CreateVersion7();
        await AddAsync(new Keeping { Id = id, SampleId = sampleId, LabId = labId, Kind = KeepingKind.Person, PersonId = holderId, Since = Then, RecordedBy = holderId }, id);
        return await AddAsync(new Handover { Id = id, SampleId = sampleId, FromId = holderId, ToLabId = labId, OfferedAt = Then }, id);
    }

    /// <summary>A shipment that is being packed.</summary>
    public Task<Guid> ShipmentAsync(Guid fromLabId, Guid toLabId, Guid sampleId)
    {
        var id = Guid.CreateVersion7();
        var shipment = new Shipment { Id = id, FromLabId = fromLabId, ToLabId = toLabId, Title = "Grids", Hazards = ["dry-shipper"], CreatedAt = Then };
        shipment.Items.Add(new ShipmentItem { ShipmentId = id, SampleId = sampleId });
        return AddAsync(shipment, id);
    }

    public Task<Guid> InstrumentAsync(Guid labId, string name = "TEM 1", bool needsQualification = false, bool needsApproval = false)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new Instrument { Id = id, LabId = labId, Name = name, NeedsQualification = needsQualification, NeedsApproval = needsApproval, CreatedAt = Then }, id);
    }

    public Task<Guid> QualificationAsync(Guid instrumentId, Guid personId, QualificationLevel level = QualificationLevel.User, DateTimeOffset? until = null)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new Qualification { Id = id, InstrumentId = instrumentId, UserId = personId, Level = level, Since = Then, Until = until }, id);
    }

    public Task<Guid> CalibrationAsync(Guid instrumentId)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new Calibration { Id = id, InstrumentId = instrumentId, Magnification = 50_000, PixelTyped = "0.2 nm", PixelMetres = 2e-10, ValidFrom = Then, CreatedAt = Then }, id);
    }

    /// <summary>Down since <paramref name="since"/>, with no end.</summary>
    public Task<Guid> DowntimeAsync(Guid instrumentId, DateTimeOffset since)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(new Downtime { Id = id, InstrumentId = instrumentId, Cause = "Gun", Since = since }, id);
    }

    public Task<Guid> BookingAsync(
        Guid instrumentId, Guid forLabId, Guid personId, DateTimeOffset from, BookingState state = BookingState.Confirmed, double hours = 2, BookingKind kind = BookingKind.Use)
    {
        var id = Guid.CreateVersion7();
        return AddAsync(
            new Booking { Id = id, GroupId = id, InstrumentId = instrumentId, ForLabId = forLabId, UserId = personId, State = state, Kind = kind, Purpose = "work", StartsAt = from, EndsAt = from.AddHours(hours), CreatedAt = Then }, id);
    }

    /// <summary>An address of a lab's calendar; gives its code.</summary>
    public async Task<string> CalendarFeedAsync(Guid labId, Guid personId)
    {
        var (id, code) = (Guid.CreateVersion7(), $"{Guid.CreateVersion7():n}");
        await AddAsync(new CalendarFeed { Id = id, LabId = labId, UserId = personId, CodeHash = SHA256.HashData(Encoding.UTF8.GetBytes(code)), CreatedAt = Then }, id);
        return code;
    }

    public async Task<T> ReadAsync<T>(Func<CryoHubDb, Task<T>> question)
    {
        await using var db = await dbs.CreateDbContextAsync();
        return await question(db);
    }

    private static JsonDocument Json(string text) => JsonDocument.Parse(text);

    private async Task<Guid> AddAsync(object row, Guid id)
    {
        await using var db = await dbs.CreateDbContextAsync();
        db.Add(row);
        await db.SaveChangesAsync();
        return id;
    }
}

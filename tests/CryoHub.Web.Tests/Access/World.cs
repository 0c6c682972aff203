using System.Net.Http.Json;
using CryoHub.Platform.Access;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Web.Tests.Access;

/// <summary>A lab with one of everything, made anew for every question, and the people of all roles around it.</summary>
public sealed class World
{
    public Guid Lab { get; private set; }

    public Guid Member { get; private set; }

    public Guid Project { get; private set; }

    public Guid Share { get; private set; }

    public Guid Sample { get; private set; }

    public Guid Pair { get; private set; }

    /// <summary>In the project, and nobody's control.</summary>
    public Guid OtherSample { get; private set; }

    public Guid Step { get; private set; }

    public Guid Run { get; private set; }

    public Guid Label { get; private set; }

    public Guid BlankLabel { get; private set; }

    /// <summary>On the attached label; random, as the people of the table are in many worlds.</summary>
    public string Code { get; } = Platform.Labels.LabelCode.New();

    public Guid Dewar { get; private set; }

    public Guid Box { get; private set; }

    public Guid OtherLab { get; private set; }

    public Guid Handover { get; private set; }

    public Guid Shipment { get; private set; }

    public uint ShipmentVersion { get; private set; }

    public Guid Limit { get; private set; }

    public uint LimitVersion { get; private set; }

    public Guid Instrument { get; private set; }

    public uint InstrumentVersion { get; private set; }

    public Guid Calibration { get; private set; }

    public Guid Qualification { get; private set; }

    public Guid Downtime { get; private set; }

    /// <summary>Of the member, next year; and one that waits for a yes.</summary>
    public Guid Booking { get; private set; }

    public Guid AskedBooking { get; private set; }

    public Guid PastBooking { get; private set; }

    public uint BookingVersion { get; private set; }

    /// <summary>Opens the lab's calendar as the member sees it.</summary>
    public string FeedCode { get; private set; } = "";

    public Guid Session { get; private set; }

    public Guid Dataset { get; private set; }

    public Guid Spectrum { get; private set; }

    public Guid Recipe { get; private set; }

    public Guid Shape { get; private set; }

    /// <summary>Of the member, who has none of the roles of the table.</summary>
    public Guid Comment { get; private set; }

    /// <summary>To the member.</summary>
    public Guid Notice { get; private set; }

    public Guid Paint { get; private set; }

    /// <summary>One part, which the member has not handed in.</summary>
    public Guid Review { get; private set; }

    public Guid ThrownAway { get; private set; }

    public Guid File { get; internal set; }

    public Guid Upload { get; internal set; }

    public Guid Job { get; internal set; }

    public Guid QueuedJob { get; internal set; }

    public Guid Result { get; internal set; }

    public Guid Invitation { get; private set; }

    public Guid ProjectInvitation { get; private set; }

    public Guid Token { get; private set; }

    public uint LabVersion { get; private set; }

    public uint ProjectVersion { get; private set; }

    public uint SampleVersion { get; private set; }

    public uint StepVersion { get; private set; }

    public uint SessionVersion { get; private set; }

    public uint DatasetVersion { get; private set; }

    public static DateTimeOffset NextYear { get; } = new(TimeProvider.System.GetUtcNow().Year + 1, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static async Task<World> MakeAsync(TestApp app)
    {
        var scene = app.Scene;
        var world = new World { Member = await scene.PersonAsync("mia") };
        world.Lab = await scene.LabAsync(
            (await app.PersonAsync("viewer"), LabRole.Viewer), (await app.PersonAsync("editor"), LabRole.Member),
            (await app.PersonAsync("manager"), LabRole.Manager), (await app.PersonAsync("owner"), LabRole.Owner), (world.Member, LabRole.Member));
        world.Project = await scene.ProjectAsync(world.Lab);
        world.Share = await scene.ShareAsync(world.Project, ProjectRole.Annotator, await app.PersonAsync("annotator"));
        world.Sample = await scene.SampleAsync(world.Project);
        world.Pair = await scene.PairAsync(world.Project, await scene.SampleAsync(world.Project, "control"), world.Sample);
        world.OtherSample = await scene.SampleAsync(world.Project, "other");
        world.Step = await scene.StepAsync(world.Project, world.Sample);
        world.Run = await scene.RunAsync(world.Project, world.Sample);
        world.Label = await scene.LabelAsync(world.Lab, world.Code, world.Sample);
        world.BlankLabel = await scene.LabelAsync(world.Lab, Platform.Labels.LabelCode.New());
        world.Dewar = await scene.PlaceAsync(world.Lab, PlaceKind.Dewar, "D1");
        world.Box = await scene.PlaceAsync(world.Lab, PlaceKind.Box, "B1", world.Dewar);
        world.OtherLab = await scene.LabAsync();
        await scene.ShareAsync(world.Project, ProjectRole.Viewer, labId: world.OtherLab);
        world.Handover = await scene.HandoverAsync(world.Lab, await scene.SampleAsync(world.Project, "held"), world.Member);
        world.Shipment = await scene.ShipmentAsync(world.Lab, world.OtherLab, world.Sample);
        world.Instrument = await scene.InstrumentAsync(world.Lab);
        world.Calibration = await scene.CalibrationAsync(world.Instrument);
        world.Qualification = await scene.QualificationAsync(world.Instrument, world.Member);
        world.Downtime = await scene.DowntimeAsync(await scene.InstrumentAsync(world.Lab, "TEM 2"), new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
        world.Booking = await scene.BookingAsync(world.Instrument, world.Lab, world.Member, NextYear);
        world.AskedBooking = await scene.BookingAsync(world.Instrument, world.Lab, world.Member, NextYear.AddDays(1), BookingState.Asked);
        world.PastBooking = await scene.BookingAsync(world.Instrument, world.Lab, world.Member, NextYear.AddYears(-3));
        world.FeedCode = await scene.CalendarFeedAsync(world.Lab, world.Member);
        world.Session = await scene.SessionAsync(world.Project);
        world.Dataset = await scene.DatasetAsync(world.Project, sampleId: world.Sample);
        await scene.AcquisitionAsync(world.Project, world.Sample, world.Dataset);
        world.Limit = await scene.LimitAsync(world.Lab);
        world.Spectrum = await scene.DatasetAsync(world.Project, kind: "spectrum");
        world.Recipe = await scene.RecipeAsync(world.Project, world.Member);
        world.ThrownAway = await scene.DatasetAsync(world.Project, also: d => d.DeletedAt = TimeProvider.System.GetUtcNow());
        world.Shape = await scene.ShapeAsync(world.Project, world.Dataset, world.Member);
        world.Comment = await scene.CommentAsync(world.Project, world.Dataset, world.Member);
        world.Notice = await scene.NoticeAsync(world.Comment, world.Member);
        world.Paint = await scene.PaintAsync(world.Project, world.Dataset, world.Member);
        world.Review = await scene.ReviewAsync(world.Project, world.Dataset, await scene.PaintAsync(world.Project, world.Dataset, world.Member), world.Member);
        await WorldJobs.AddAsync(app, world);
        await world.InviteAsync(app);
        await world.ReadVersionsAsync(app);
        return world;
    }

    private async Task InviteAsync(TestApp app)
    {
        using var owner = await app.ClientForAsync("owner");
        var created = await owner.PostAsJsonAsync($"/api/labs/{Lab}/invitations", new { Email = "new@example.org", Role = "viewer" });
        created.EnsureSuccessStatusCode();
        Invitation = await app.Scene.ReadAsync(db => db.Invitations.Where(i => i.LabId == Lab).Select(i => i.Id).SingleAsync());
        (await owner.PostAsJsonAsync($"/api/projects/{Project}/shares", new { Email = "new@example.org", Role = "viewer" })).EnsureSuccessStatusCode();
        ProjectInvitation = await app.Scene.ReadAsync(db => db.Invitations.Where(i => i.ProjectId == Project).Select(i => i.Id).SingleAsync());
        var token = await owner.PostAsJsonAsync("/api/me/tokens", new { Name = "t", Scopes = new[] { "read" }, Days = 1 });
        Token = (await token.Content.ReadFromJsonAsync<TokenAnswer>())!.Id;
    }

    private async Task ReadVersionsAsync(TestApp app)
    {
        LabVersion = await app.Scene.ReadAsync(db => db.Labs.Where(l => l.Id == Lab).Select(l => l.Version).SingleAsync());
        ProjectVersion = await app.Scene.ReadAsync(db => db.Projects.Where(p => p.Id == Project).Select(p => p.Version).SingleAsync());
        ShipmentVersion = await app.Scene.ReadAsync(db => db.Shipments.Where(s => s.Id == Shipment).Select(s => s.Version).SingleAsync());
        LimitVersion = await app.Scene.ReadAsync(db => db.LabLimits.Where(l => l.Id == Limit).Select(l => l.Version).SingleAsync());
        InstrumentVersion = await app.Scene.ReadAsync(db => db.Instruments.Where(i => i.Id == Instrument).Select(i => i.Version).SingleAsync());
        BookingVersion = await app.Scene.ReadAsync(db => db.Bookings.Where(b => b.Id == Booking).Select(b => b.Version).SingleAsync());
        SampleVersion = await app.Scene.ReadAsync(db => db.Samples.Where(s => s.Id == Sample).Select(s => s.Version).SingleAsync());
        StepVersion = await app.Scene.ReadAsync(db => db.Steps.Where(s => s.Id == Step).Select(s => s.Version).SingleAsync());
        SessionVersion = await app.Scene.ReadAsync(db => db.Sessions.Where(s => s.Id == Session).Select(s => s.Version).SingleAsync());
        DatasetVersion = await app.Scene.ReadAsync(db => db.Datasets.Where(d => d.Id == Dataset).Select(d => d.Version).SingleAsync());
    }

    private sealed record TokenAnswer(Guid Id);
}

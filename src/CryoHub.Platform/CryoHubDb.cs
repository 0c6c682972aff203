using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Audit;
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
using CryoHub.Platform.Security;
using CryoHub.Platform.Sessions;
using CryoHub.Platform.Spectra;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Uploads;
using CryoHub.Platform.Users;
using CryoHub.Platform.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform;

/// <summary>The database. A context lives for one method; permissions are in the queries (<see cref="Visibility"/>), names are snake case (<see cref="SnakeCase"/>).</summary>
public sealed class CryoHubDb(DbContextOptions<CryoHubDb> options) : IdentityUserContext<User, Guid>(options)
{
    /// <summary>For whom this context works: the audit trail's "who". Empty for the platform's own work.</summary>
    public Guid? Actor { get; set; }

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<AuditLink> AuditLinks => Set<AuditLink>();

    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<Lab> Labs => Set<Lab>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ProjectShare> ProjectShares => Set<ProjectShare>();

    public DbSet<ProjectAccess> ProjectAccess => Set<ProjectAccess>();

    public DbSet<Sample> Samples => Set<Sample>();

    public DbSet<SamplePair> SamplePairs => Set<SamplePair>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<StoragePlace> StoragePlaces => Set<StoragePlace>();

    public DbSet<Keeping> Keepings => Set<Keeping>();

    public DbSet<Handover> Handovers => Set<Handover>();

    public DbSet<Shipment> Shipments => Set<Shipment>();

    public DbSet<ShipmentItem> ShipmentItems => Set<ShipmentItem>();

    public DbSet<ItemFailure> ItemFailures => Set<ItemFailure>();

    public DbSet<GapAcceptance> GapAcceptances => Set<GapAcceptance>();

    public DbSet<Step> Steps => Set<Step>();

    public DbSet<StepSample> StepSamples => Set<StepSample>();

    public DbSet<StepDataset> StepDatasets => Set<StepDataset>();

    public DbSet<LabTemplate> LabTemplates => Set<LabTemplate>();

    public DbSet<WorkflowRun> WorkflowRuns => Set<WorkflowRun>();

    public DbSet<MicroscopeSession> Sessions => Set<MicroscopeSession>();

    public DbSet<Instrument> Instruments => Set<Instrument>();

    public DbSet<Calibration> Calibrations => Set<Calibration>();

    public DbSet<Qualification> Qualifications => Set<Qualification>();

    public DbSet<Downtime> Downtimes => Set<Downtime>();

    public DbSet<ClockCheck> ClockChecks => Set<ClockCheck>();

    public DbSet<InstrumentRate> InstrumentRates => Set<InstrumentRate>();

    public DbSet<Booking> Bookings => Set<Booking>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<Dataset> Datasets => Set<Dataset>();

    public DbSet<DatasetFile> DatasetFiles => Set<DatasetFile>();

    public DbSet<Signal> Signals => Set<Signal>();

    public DbSet<ReferenceSpectrum> ReferenceSpectra => Set<ReferenceSpectrum>();

    public DbSet<Recipe> Recipes => Set<Recipe>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobTurn> JobTurns => Set<JobTurn>();

    public DbSet<JobInput> JobInputs => Set<JobInput>();

    public DbSet<Result> Results => Set<Result>();

    public DbSet<ResultItem> ResultItems => Set<ResultItem>();

    public DbSet<LabLimit> LabLimits => Set<LabLimit>();

    public DbSet<AnnotationClass> AnnotationClasses => Set<AnnotationClass>();

    public DbSet<AnnotationLayer> AnnotationLayers => Set<AnnotationLayer>();

    public DbSet<Shape> Shapes => Set<Shape>();

    public DbSet<ShapeVersion> ShapeVersions => Set<ShapeVersion>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<PaintLayer> PaintLayers => Set<PaintLayer>();

    public DbSet<PaintLabel> PaintLabels => Set<PaintLabel>();

    public DbSet<PaintStroke> PaintStrokes => Set<PaintStroke>();

    public DbSet<PaintBlock> PaintBlocks => Set<PaintBlock>();

    public DbSet<ReviewTask> ReviewTasks => Set<ReviewTask>();

    public DbSet<ReviewAssignment> ReviewAssignments => Set<ReviewAssignment>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.ApplyConfigurationsFromAssembly(typeof(CryoHubDb).Assembly);
        SnakeCase.Apply(builder);
    }
}

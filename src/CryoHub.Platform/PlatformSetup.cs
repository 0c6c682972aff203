using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Annotations.Imports;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Comments;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Fields;
using CryoHub.Platform.Labels;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Limits;
using CryoHub.Platform.Mail;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Notices;
using CryoHub.Platform.Painting;
using CryoHub.Platform.Pairs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Provenance;
using CryoHub.Platform.Recipes;
using CryoHub.Platform.Reviews;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Search;
using CryoHub.Platform.Sessions;
using CryoHub.Platform.Spectra;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Trash;
using CryoHub.Platform.Users;
using CryoHub.Platform.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform;

/// <summary>Registers the platform; web, worker and local call it.</summary>
public static class PlatformSetup
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection("Database")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MailOptions>().Bind(configuration.GetSection("Mail"));
        services.AddOptions<SiteOptions>().Bind(configuration.GetSection("Web"));
        services.AddDbContextFactory<CryoHubDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.TunedConnectionString)
            .AddInterceptors(new AuditConnection()));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LocalNews>();
        services.TryAddSingleton<INews>(provider => provider.GetRequiredService<LocalNews>());
        services.AddSingleton<IMailbox>(provider => provider.GetRequiredService<IOptions<MailOptions>>() is { Value.Host: "" } options
            ? new FileMailbox(options)
            : new SmtpMailbox(provider.GetRequiredService<IOptions<MailOptions>>()));
        return services.AddUsers().AddUseCases();
    }

    private static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddIdentityCore<User>(options =>
            {
                options.User.RequireUniqueEmail = true;
                // Length is what counts (NIST SP 800-63B, 5.1.1); rules about digits and signs only make passwords alike.
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            })
            .AddEntityFrameworkStores<CryoHubDb>()
            .AddDefaultTokenProviders();
        return services.AddScoped<UserDirectory>().AddScoped<FirstAdministrator>();
    }

    private static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddSingleton<AccessEnding>()
        .AddSingleton<AccessTokens>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<ClassCatalog>()
        .AddSingleton<CommentDesk>()
        .AddSingleton<CommentPeople>()
        .AddSingleton<CommentThreads>()
        .AddSingleton<NoticeDesk>()
        .AddSingleton<NoticePost>()
        .AddSingleton<DatasetCatalog>()
        .AddSingleton<GroundTruth>()
        .AddSingleton<SpectrumLibrary>()
        .AddSingleton<RecipeBook>()
        .AddSingleton<Invitations>()
        .AddSingleton<InvitationDesk>()
        .AddSingleton<InvitationPost>()
        .AddSingleton<CustodyBook>()
        .AddSingleton<LabLimits>()
        .AddSingleton<DoseBook>()
        .AddSingleton<Comparisons>()
        .AddSingleton<FieldTable>()
        .AddSingleton<FileAcquisition>()
        .AddSingleton<CustodyLog>()
        .AddSingleton<StorageMap>()
        .AddSingleton<KnownLabs>()
        .AddSingleton<HandoverDesk>()
        .AddSingleton<ShipmentDesk>()
        .AddSingleton<ShipmentArrival>()
        .AddSingleton<FailureRegister>()
        .AddSingleton<InstrumentCatalog>()
        .AddSingleton<CalibrationBook>()
        .AddSingleton<QualificationRoll>()
        .AddSingleton<DowntimeLog>()
        .AddSingleton<LabZones>()
        .AddSingleton<BookingDesk>()
        .AddSingleton<BookingCalendar>()
        .AddSingleton<CalendarFeeds>()
        .AddSingleton<ClockLog>()
        .AddSingleton<SessionBuilder>()
        .AddSingleton<RateBook>()
        .AddSingleton<UsageReports>()
        .AddSingleton<FacilityAlarms>()
        .AddSingleton<FacilityBoard>()
        .AddSingleton<LabelDesk>()
        .AddSingleton<LabelScan>()
        .AddSingleton<LabDirectory>()
        .AddSingleton<LabMembers>()
        .AddSingleton<LayerLocks>()
        .AddSingleton<ProjectDirectory>()
        .AddSingleton<ProjectShares>()
        .AddSingleton<SharesByMail>()
        .AddSingleton<Quotas>()
        .AddSingleton<SampleCatalog>()
        .AddSingleton<Painter>()
        .AddSingleton<PaintBlocks>()
        .AddSingleton<PaintLayers>()
        .AddSingleton<LayerTruth>()
        .AddSingleton<PaintPicture>()
        .AddSingleton<PaintRegions>()
        .AddSingleton<PairBook>()
        .AddSingleton<ReviewDesk>()
        .AddSingleton<ReviewList>()
        .AddSingleton<StepLog>()
        .AddSingleton<TemplateLibrary>()
        .AddSingleton<RunLog>()
        .AddSingleton<SampleChronicle>()
        .AddSingleton<ProvenanceGraphs>()
        .AddSingleton<SearchIndex>()
        .AddSingleton<SessionCatalog>()
        .AddSingleton<ShapeDrawing>()
        .AddSingleton<ShapeExports>()
        .AddSingleton<ShapeFiles>()
        .AddSingleton<ShapeImports>()
        .AddSingleton<ShapeIntensities>()
        .AddSingleton<ShapeLog>()
        .AddSingleton<ShapeTiles>()
        .AddSingleton<TrashBin>();
}

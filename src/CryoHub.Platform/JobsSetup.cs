using CryoHub.Platform.Audit;
using CryoHub.Platform.Crates;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Results;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Uploads;
using CryoHub.Platform.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Platform;

/// <summary>Registers uploads, jobs, results and the object store, for web and worker alike.</summary>
public static class JobsSetup
{
    public static IServiceCollection AddJobsAndUploads(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JobOptions>().Bind(configuration.GetSection(JobOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section));
        services.AddOptions<CrateOptions>().Bind(configuration.GetSection("Crates")).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddObjectStore(configuration)
            .AddSingleton<AuditKey>()
            .AddSingleton(provider => new AuditHeads(
                provider.GetRequiredService<IDbContextFactory<CryoHubDb>>(), provider.GetRequiredService<IObjectStore>(), provider.GetRequiredService<AuditKey>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<AuditVerification>()
            .AddSingleton<JobClaims>()
            .AddSingleton<JobList>()
            .AddSingleton<JobParts>()
            .AddSingleton<JobQueue>()
            .AddSingleton<Exports>()
            .AddSingleton<PeriodicJobs>()
            .AddSingleton<PixelRights>()
            .AddSingleton<Pixels>()
            .AddSingleton<CrateDesk>()
            .AddSingleton<GivenFiles>()
            .AddSingleton<RunPhotos>()
            .AddSingleton<ResultCatalog>()
            .AddSingleton<UploadCleaner>()
            .AddSingleton<UploadCompletion>()
            .AddSingleton<UploadDesk>();
    }
}

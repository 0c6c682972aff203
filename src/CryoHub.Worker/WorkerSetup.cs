using CryoHub.Analyses;
using CryoHub.Platform.Jobs;
using CryoHub.Worker.Jobs;
using CryoHub.Worker.Previews;
using CryoHub.Worker.ReadChild;
using MassTransit.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Worker;

/// <summary>Adds the worker to a host that has the platform, its jobs and a bus; Local hosts the same beside the web.</summary>
public static class WorkerSetup
{
    public static IServiceCollection AddCryoHubWorker(this IServiceCollection services)
    {
        services.AddOptions<ReadChildOptions>().BindConfiguration(JobOptions.Section + ":ReadChild").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PreviewOptions>().BindConfiguration(JobOptions.Section + ":Previews").ValidateDataAnnotations().ValidateOnStart();
        services.AddJobBellConsumer();
        services.RegisterConsumer<PreviewConsumer, PreviewConsumer.Shared>();
        return services
            .AddSingleton(AnalysisCatalog.Analyses)
            .AddSingleton<JobBell>()
            .AddSingleton<JobRunner>()
            .AddSingleton<ReadChildren>()
            .AddSingleton<IJobHandler, IngestJob>()
            .AddSingleton<IJobHandler, AnalysisJob>()
            .AddSingleton<IJobHandler, AnalysisPartJob>()
            .AddSingleton<IJobHandler, ExportJob>()
            .AddSingleton<IJobHandler, PurgeJob>()
            .AddSingleton<IJobHandler, FixityJob>()
            .AddSingleton<IJobHandler, ReconcileJob>()
            .AddSingleton<IJobHandler, AuditHeadsJob>()
            .AddSingleton<WarmSignals>()
            .AddSingleton<PreviewDesk>()
            .AddHostedService<JobWorker>();
    }

    /// <summary>Only the bell: a host that claims jobs hears when there is work.</summary>
    public static IServiceCollection AddJobBellConsumer(this IServiceCollection services)
    {
        services.RegisterConsumer<JobQueuedConsumer, JobQueuedConsumer.Shared>();
        return services;
    }
}

using CryoHub.Analyses;
using CryoHub.Platform;
using CryoHub.Worker.Jobs;
using CryoHub.Worker.Previews;
using CryoHub.Worker.ReadChild;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Worker;

/// <summary>Puts the worker together; Local hosts the same. The bus is added beside it, with <see cref="AddWorkerConsumers"/>.</summary>
public static class WorkerSetup
{
    public static IServiceCollection AddCryoHubWorker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ReadChildOptions>().Bind(configuration.GetSection("Worker:ReadChild")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PreviewOptions>().Bind(configuration.GetSection("Worker:Previews")).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(AnalysisCatalog.Analyses)
            .AddSingleton<JobBell>()
            .AddSingleton<JobRunner>()
            .AddSingleton<IJobHandler, IngestJob>()
            .AddSingleton<IJobHandler, AnalysisJob>()
            .AddSingleton<IJobHandler, PurgeJob>()
            .AddSingleton<IJobHandler, FixityJob>()
            .AddSingleton<IJobHandler, ReconcileJob>()
            .AddSingleton<WarmSignals>()
            .AddSingleton<PreviewDesk>()
            .AddHostedService<JobWorker>();
    }

    public static void AddWorkerConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<JobQueuedConsumer>().Endpoint(endpoint => endpoint.Name = "job-queued");
        bus.AddConsumer<PreviewConsumer>().Endpoint(endpoint => endpoint.Name = "preview");
    }
}

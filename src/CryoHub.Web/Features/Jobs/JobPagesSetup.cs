using System.Text.Json;
using System.Text.Json.Serialization;
using CryoHub.Web.Features.Analyses;
using CryoHub.Web.Features.Annotations;
using CryoHub.Web.Features.Exports;
using CryoHub.Web.Features.Viewer;

namespace CryoHub.Web.Features.Jobs;

/// <summary>Registers what the faces of jobs, analyses and previews need.</summary>
internal static class JobPagesSetup
{
    public static IServiceCollection AddJobPages(this IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(json => json.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower)));
        return services
            .AddSingleton<JobFeed>()
            .AddSingleton<JobWatchers>()
            .AddHostedService<JobNews>()
            .AddSingleton<LayerWatchers>()
            .AddHostedService<AnnotationNews>()
            .AddSingleton<AnalysisDesk>()
            .AddSingleton<ExportDesk>()
            .AddSingleton<Previews>();
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using CryoHub.Platform;
using CryoHub.Platform.Messages;
using CryoHub.Web.Features.Account;
using CryoHub.Web.Features.Analyses;
using CryoHub.Web.Features.Annotations;
using CryoHub.Web.Features.Audit;
using CryoHub.Web.Features.Comments;
using CryoHub.Web.Features.Crates;
using CryoHub.Web.Features.Custody;
using CryoHub.Web.Features.Datasets;
using CryoHub.Web.Features.Exports;
using CryoHub.Web.Features.Facility;
using CryoHub.Web.Features.Fields;
using CryoHub.Web.Features.Jobs;
using CryoHub.Web.Features.Labels;
using CryoHub.Web.Features.Labs;
using CryoHub.Web.Features.Limits;
using CryoHub.Web.Features.Literature;
using CryoHub.Web.Features.Notices;
using CryoHub.Web.Features.Painting;
using CryoHub.Web.Features.Pairs;
using CryoHub.Web.Features.Projects;
using CryoHub.Web.Features.Provenance;
using CryoHub.Web.Features.Recipes;
using CryoHub.Web.Features.Results;
using CryoHub.Web.Features.Reviews;
using CryoHub.Web.Features.Samples;
using CryoHub.Web.Features.Search;
using CryoHub.Web.Features.Sessions;
using CryoHub.Web.Features.Spectra;
using CryoHub.Web.Features.Steps;
using CryoHub.Web.Features.Trash;
using CryoHub.Web.Features.Uploads;
using CryoHub.Web.Features.Users;
using CryoHub.Web.Features.Viewer;
using CryoHub.Web.Features.Workflows;
using CryoHub.Web.Layout;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;

namespace CryoHub.Web;

/// <summary>Puts the web host together; Local hosts the same.</summary>
public static class WebSetup
{
    public static WebApplicationBuilder AddCryoHubWeb(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WebOptions>().Bind(builder.Configuration.GetSection("Web")).ValidateDataAnnotations().ValidateOnStart();
        services.AddPlatform(builder.Configuration);
        services.AddSingleton<PaintFiles>();
        services.AddSingleton<ReviewComparisons>();
        services.AddJobsAndUploads(builder.Configuration).AddBus(builder.Configuration).AddNewsConsumer();
        services.AddJobPages();
        services.AddProblems();
        services.AddSecurity(builder.Configuration);
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower)));
        services.AddOpenApi("v1");
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddAccount();
        services.AddScoped<StepSignature>();
        services.AddPages();
        services.AddHostedService<NoticeMailer>();
        return builder;
    }

    public static WebApplication MapCryoHubWeb(this WebApplication app)
    {
        app.UseProblems();
        app.UseSecurity();
        app.MapOpenApi().AllowAnonymous();
        app.MapHealthChecks("/healthz/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready").AllowAnonymous();
        app.MapAccount();
        app.MapAccountForms();
        app.MapUsers();
        app.MapTokens();
        app.MapSecondFactor();
        app.MapLabs();
        app.MapInvitations();
        app.MapProjects();
        app.MapShares();
        app.MapSamples();
        app.MapPairs();
        app.MapLabels();
        app.MapStorage();
        app.MapCustody();
        app.MapFields();
        app.MapLimits();
        app.MapLiterature();
        app.MapHandovers();
        app.MapShipments();
        app.MapFailures();
        app.MapInstruments();
        app.MapBookings();
        app.MapSessionsOfBookings();
        app.MapUsage();
        app.MapToday();
        app.MapSteps();
        app.MapProvenance();
        app.MapCrates();
        app.MapWorkflows();
        app.MapSessions();
        app.MapDatasets();
        app.MapSearch();
        app.MapTrash();
        app.MapAudit();
        app.MapUploads();
        app.MapJobs();
        app.MapResults();
        app.MapAnalyses();
        app.MapEdges();
        app.MapSpectra();
        app.MapRecipes();
        app.MapPixels();
        app.MapAnnotations();
        app.MapComments();
        app.MapNotices();
        app.MapPainting();
        app.MapReviews();
        app.MapShapeFiles();
        app.MapClasses();
        app.MapPreviews();
        app.MapExports();
        app.MapPages();
        return app;
    }
}

using CryoHub.Analyses;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Messages;
using CryoHub.TestKit;
using CryoHub.Worker.Previews;
using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryoHub.Worker.Tests.Previews;

public sealed class PreviewTests(WorkerBench worker) : IClassFixture<WorkerBench>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_that_breaks_is_answered_in_words_without_the_errors_insides()
    {
        using var host = Host();
        await host.StartAsync(Ct);
        await using var scope = host.Services.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IScopedClientFactory>().CreateRequestClient<PreviewRequest>(RequestTimeout.After(s: 30));
        var dataset = (await worker.Sender().SendAsync("field.mrc", TestMrc.Of(16, 16, 1, (x, y, _) => x * y))).DatasetId;
        await worker.DrainAsync();
        var request = new PreviewRequest(worker.Bench.UserId, "", 0, "broken", [new JobInputRef("signal", dataset, 0)], "{}");
        var answer = (await client.GetResponse<PreviewAnswer>(request, Ct)).Message;
        Assert.Equal(("", null), (answer.Json, answer.Refusal));
        Assert.Equal("The preview ended with an error of the software (NullReferenceException); the worker's log tells more.", answer.Reason);
        await host.StopAsync(CancellationToken.None);
    }

    /// <summary>The worker's services on a bus of their own, with an analysis that has a bug.</summary>
    private IHost Host()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging().AddBus(builder.Configuration);
        builder.Services.RegisterConsumer<PreviewConsumer, PreviewConsumer.Shared>();
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        builder.Services.AddSingleton(worker.Bench.Dbs).AddSingleton<IReadOnlyList<IAnalysis>>([new Broken()]).AddSingleton(worker.Services.GetRequiredService<WarmSignals>());
        builder.Services.AddSingleton<PreviewDesk>().AddOptions<PreviewOptions>();
        return builder.Build();
    }

    private sealed class Broken : IAnalysis
    {
        public AnalysisInfo Info { get; } = new("broken", 1, "Broken", "Has a bug.", [], typeof(None), []) { HasPreview = true };

        public Task RunAsync(AnalysisRun run, CancellationToken ct) => throw new NullReferenceException("secret");
    }

    private sealed record None;
}

using Bunit;
using CryoHub.Platform.Jobs;
using CryoHub.Web.Components;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Pages;

public sealed class JobLineTests : BunitContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);

    public JobLineTests() => Services.AddSingleton<TimeProvider>(new StoppedClock(Noon));

    [Fact]
    public void A_running_job_shows_its_step_its_percentage_and_what_is_left()
    {
        // A quarter took one minute, so three are left.
        var line = Draw(Job(JobStatus.Running) with { Fraction = 0.25, Step = "Slab 1 of 4", StartedAt = Noon.AddMinutes(-1) });

        Assert.Equal("25", line.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Contains("Slab 1 of 4", line.Markup, StringComparison.Ordinal);
        Assert.Contains("25 % · about 3 min 0 s left", line.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_job_says_why_in_its_own_words()
    {
        const string Problem = "The window 900 to 940 eV lies outside the spectrum, which covers 30 to 542 eV.";
        var line = Draw(Job(JobStatus.Failed) with { Problem = Problem });

        Assert.Contains(Problem, line.Markup, StringComparison.Ordinal);
        Assert.Empty(line.FindAll("[role=progressbar]"));
    }

    [Fact]
    public void A_job_that_is_asked_to_stop_says_so() =>
        Assert.Equal("Cancelling", Draw(Job(JobStatus.Running) with { CancelRequested = true }).Find(".state").TextContent);

    [Fact]
    public void A_finished_job_leads_to_its_result()
    {
        var result = Guid.CreateVersion7();
        Assert.Equal($"results/{result}", Draw(Job(JobStatus.Succeeded) with { ResultId = result }).Find("a").GetAttribute("href"));
    }

    private static JobRow Job(JobStatus status) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), "analysis", "Spectrum map", "spectrum-map", status, 0, "", "", "", false, false, "Ada", Noon, null, null, null);

    private IRenderedComponent<JobLine> Draw(JobRow job) => Render<JobLine>(parameters => parameters.Add(line => line.Job, job));

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

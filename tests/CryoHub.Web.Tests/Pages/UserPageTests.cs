using System.Security.Claims;
using Bunit;
using CryoHub.Imaging;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Messages;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Pages;

public sealed class UserPageTests : BunitContext
{
    private static readonly Guid Project = Guid.CreateVersion7();

    private readonly LocalNews news = new();

    public UserPageTests() => Services.AddSingleton(news);

    [Fact]
    public async Task An_action_that_leads_to_another_page_does_not_load_the_one_it_left()
    {
        var page = Draw();

        await page.InvokeAsync(() => page.Instance.ActAsync(page.Instance.Dispose));

        Assert.Equal(1, page.Instance.Loads);
    }

    [Fact]
    public async Task An_action_on_a_page_that_stays_loads_it_anew()
    {
        var page = Draw();

        await page.InvokeAsync(() => page.Instance.ActAsync(() => { }));

        Assert.Equal(2, page.Instance.Loads);
    }

    [Fact]
    public async Task A_refusal_is_kept_for_the_page_to_show()
    {
        var page = Draw();

        await page.InvokeAsync(() => page.Instance.ActAsync(() => throw ProblemException.Invalid("The quota of 1 GB is used up.")));

        Assert.Equal("The quota of 1 GB is used up.", page.Instance.Said);
    }

    [Fact]
    public async Task A_page_that_follows_a_project_loads_anew_when_one_of_its_jobs_begins_or_ends()
    {
        var page = Draw();

        await TellAsync(Project, 0);
        await TellAsync(Project, 0.5);
        await TellAsync(Project, 1);
        await TellAsync(Guid.CreateVersion7(), 1);

        Assert.Equal(3, page.Instance.Loads);
    }

    [Fact]
    public async Task A_page_that_was_left_follows_nothing()
    {
        var page = Draw();
        page.Instance.Dispose();

        await TellAsync(Project, 1);

        Assert.Equal(1, page.Instance.Loads);
    }

    [Fact]
    public async Task News_that_come_while_a_page_loads_cost_one_more_load_together()
    {
        var page = Draw();
        page.Instance.Gate = new TaskCompletionSource();
        var first = TellAsync(Project, 1);

        await TellAsync(Project, 1);
        await TellAsync(Project, 1);
        page.Instance.Gate.SetResult();
        await first;

        Assert.Equal(3, page.Instance.Loads);
    }

    [Fact]
    public async Task A_page_is_drawn_before_a_load_or_after_it_but_never_with_half_of_its_fields_set()
    {
        var page = Draw();
        page.Instance.Gate = new TaskCompletionSource();
        var load = TellAsync(Project, 1);
        await page.InvokeAsync(page.Instance.Draw);
        page.Instance.Gate.SetResult();
        await load;

        Assert.Equal([(0, 0), (1, 1), (2, 2)], page.Instance.Drawn.Distinct());
    }

    private Task TellAsync(Guid project, double fraction) => news.PublishAsync(new JobChanged(Guid.CreateVersion7(), project, JobStatus.Running, fraction, ""), Xunit.TestContext.Current.CancellationToken);

    private IRenderedComponent<Probe> Draw()
    {
        var page = Render<Probe>(parameters => parameters.AddCascadingValue(Task.FromResult(new AuthenticationState(new ClaimsPrincipal()))));
        page.WaitForState(() => page.Instance.Drawn[^1] == (1, 1));
        return page;
    }

    private sealed class Probe : UserPage
    {
        private int ended;

        public int Loads { get; private set; }

        /// <summary>How many loads had begun and how many had ended at each drawing.</summary>
        public List<(int Begun, int Ended)> Drawn { get; } = [];

        public string? Said => Refusal;

        public Task ActAsync(Action act) => DoAsync(() =>
        {
            act();
            return Task.CompletedTask;
        });

        public TaskCompletionSource? Gate { get; set; }

        public void Draw() => StateHasChanged();

        protected override void BuildRenderTree(RenderTreeBuilder builder) => Drawn.Add((Loads, ended));

        protected override async Task LoadAsync()
        {
            Ct.ThrowIfCancellationRequested();
            Loads++;
            Follow(Project);
            await (Gate?.Task ?? Task.CompletedTask);
            await Task.Yield();   // the first answer is there at once, the next is not
            ended++;
        }
    }
}
